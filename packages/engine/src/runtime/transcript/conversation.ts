import type { FileRef } from '../../domain/message/part.ts'

/** A file as a transcript names it; its bytes may not be there yet, or not any more. */
export type ToldFile = Pick<FileRef, 'name' | 'mime' | 'size'> & { readonly missing?: 'coming' | 'gone' }

/** A message as a transcript tells it. */
export interface Told {
  readonly seq: number
  /** Epoch milliseconds. */
  readonly at: number
  readonly direction: 'in' | 'out' | 'note'
  readonly author: string
  readonly text: string
  readonly files: ReadonlyArray<ToldFile>
  readonly edited: boolean
  readonly deleted: boolean
  /** It is in another conversation now. */
  readonly moved: boolean
  /** What it quotes, on one line. */
  readonly quote: string | null
}

/** A conversation with the names of those who take part, ready to be written down. */
export interface ToldConversation {
  readonly id: string
  readonly subject: string | null
  /** What colleagues call it; null in what the customer may read. */
  readonly title: string | null
  readonly contact: string
  readonly address: string
  readonly account: string
  readonly channel: string
  readonly startedAt: number
  readonly writtenAt: number
  readonly messages: ReadonlyArray<Told>
}
