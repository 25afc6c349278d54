/** Data as JSON has it: what a channel may keep beside a message without the engine reading it. */
export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json | undefined }
