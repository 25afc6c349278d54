import type { FileRef } from '@guichet/engine/ports'

/** A mail on its way out: plain data, the same for every attempt at sending it. */
export interface EmailWire {
  /** Who really gets it (RFC 5321): exactly To and Cc. */
  readonly envelope: { readonly from: string; readonly to: ReadonlyArray<string> }
  readonly from: { readonly name: string; readonly address: string }
  readonly to: ReadonlyArray<{ readonly name: string; readonly address: string }>
  readonly cc: ReadonlyArray<string>
  readonly replyTo: string | null
  readonly subject: string
  /** Without angle brackets, as all ids here. */
  readonly messageId: string
  readonly inReplyTo: string | null
  readonly references: ReadonlyArray<string>
  /** Epoch milliseconds. */
  readonly date: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly html: string | null
  readonly attachments: ReadonlyArray<FileRef>
}
