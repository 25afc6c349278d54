import PostalMime from 'postal-mime'

/** A mail as the mailbox page shows it. */
export interface Mail {
  readonly id: number
  /** Whose mailbox it lies in. */
  readonly box: string
  readonly direction: 'received' | 'sent'
  readonly from: { readonly name: string; readonly address: string }
  readonly to: ReadonlyArray<string>
  readonly subject: string
  readonly messageId: string | null
  readonly date: number
  readonly text: string
  readonly hasHtml: boolean
  readonly headers: ReadonlyArray<{ readonly name: string; readonly value: string }>
  readonly attachments: ReadonlyArray<{ readonly name: string; readonly mime: string; readonly size: number }>
}

const sizeOf = (content: ArrayBuffer | Uint8Array | string): number =>
  typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength

export const parseMail = async (raw: Uint8Array, at: number): Promise<Omit<Mail, 'id' | 'box' | 'direction'>> => {
  const parsed = await PostalMime.parse(raw)
  const from = parsed.from
  const written = parsed.date === undefined ? Number.NaN : Date.parse(parsed.date)
  return {
    from: { name: from?.name ?? '', address: from?.address ?? '' },
    to: (parsed.to ?? []).flatMap((one) => (one.address === undefined ? [] : [one.address])),
    subject: parsed.subject ?? '',
    messageId: parsed.messageId ?? null,
    date: Number.isFinite(written) ? written : at,
    text: parsed.text ?? '',
    hasHtml: (parsed.html ?? '') !== '',
    headers: parsed.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    attachments: parsed.attachments.map((one) => ({
      name: one.filename ?? 'file',
      mime: one.mimeType,
      size: sizeOf(one.content),
    })),
  }
}

export const attachmentOf = async (raw: Uint8Array, index: number) => {
  const one = (await PostalMime.parse(raw)).attachments[index]
  if (one === undefined) return undefined
  const bytes = typeof one.content === 'string' ? Buffer.from(one.content) : new Uint8Array(one.content)
  return { name: one.filename ?? 'file', mime: one.mimeType, bytes: new Uint8Array(bytes) }
}

export const htmlOf = async (raw: Uint8Array): Promise<string> => (await PostalMime.parse(raw)).html ?? ''
