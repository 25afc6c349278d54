import type { Part } from '../message/part.ts'

/** A message of another system. `sentAt` in epoch milliseconds. */
export interface ImportedMessage {
  readonly direction: 'in' | 'out' | 'note'
  readonly sentAt: number
  readonly parts: ReadonlyArray<Part>
  /** An agent's id, for what was written by one who is known here. */
  readonly agent?: string
  readonly externalId?: string
}

/** A conversation of another system. */
export interface ImportedConversation {
  readonly account: string
  /** Unique in its source: the same again is recognised. */
  readonly externalId: string
  /** The system it comes from, for people to read. */
  readonly source: string
  readonly from: { readonly address: string; readonly name?: string; readonly email?: string; readonly phone?: string }
  readonly subject?: string
  readonly tags?: ReadonlyArray<string>
  readonly status: 'open' | 'closed' | 'archived'
  /** At least one. */
  readonly messages: ReadonlyArray<ImportedMessage>
}
