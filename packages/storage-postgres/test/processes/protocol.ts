/** What an engine in a process of its own is asked to do; all of a list at once. */
export type Asked =
  | { readonly _tag: 'Receive'; readonly account: string; readonly texts: ReadonlyArray<string> }
  | { readonly _tag: 'Note'; readonly conversations: ReadonlyArray<string>; readonly texts: ReadonlyArray<string> }
  | { readonly _tag: 'Claim'; readonly agent: string; readonly conversations: ReadonlyArray<string> }
  | { readonly _tag: 'Close'; readonly agent: string; readonly conversations: ReadonlyArray<string> }
  | { readonly _tag: 'Settle' }

export interface ToEngine {
  readonly n: number
  readonly asked: Asked
}

/** `done`: for each text or conversation whether it was granted, or the conversation that it is in; or why not at all. */
export type FromEngine =
  | { readonly _tag: 'Ready' }
  | { readonly _tag: 'Answer'; readonly n: number; readonly done: ReadonlyArray<unknown> }
  | { readonly _tag: 'Failed'; readonly n: number; readonly why: string }

export const workspace = 'acme'
/** Sees everything, and writes the notes. */
export const manager = 'mia'
/** Who is kept waiting on a busy machine is not to give up, in milliseconds. */
export const timeoutMs = 60_000
