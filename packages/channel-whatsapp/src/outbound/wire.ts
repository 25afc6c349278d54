import type { FileRef, Json } from '@guichet/engine/ports'

/** The kinds of files that messages carry. */
export type FileKind = 'image' | 'video' | 'audio' | 'document'

/** One message as the API takes it, or what is told beside messages. */
export interface WhatsAppWire {
  /** The body of the request, but for what tells messages apart (`biz_opaque_callback_data`). */
  readonly body: { readonly type?: string; readonly [name: string]: Json }
  /** What has to be uploaded first: its id goes into the field of `kind`. */
  readonly upload?: { readonly kind: FileKind; readonly file: FileRef; readonly mime: string }
}

/** What of a wire does not depend on whom it goes to. */
export type Piece = Pick<WhatsAppWire, 'upload'> & {
  readonly content: { readonly type: string; readonly [name: string]: Json }
}
