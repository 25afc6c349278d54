import type { ChannelAccount, InboundEvent, InboundFile, WireRequest } from '@guichet/engine/ports'
import { email, type EmailSettings } from '../../src/index.ts'

/** A raw mail from header fields and a body; a field given a list stands several times. */
export const mail = (fields: Readonly<Record<string, string | ReadonlyArray<string>>>, body = 'Hello'): Uint8Array => {
  const lines = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((text) => `${name}: ${text}`))
  return new TextEncoder().encode(`${lines.join('\r\n')}\r\n\r\n${body}\r\n`)
}

export const fromMarie = { From: 'Marie <marie@example.com>', To: 'support@guichet.test', Subject: 'Hello' }

export const requestOf = (
  body: Uint8Array,
  envelope: { readonly from?: string; readonly to?: string } = {},
): WireRequest => ({
  method: 'POST',
  url: 'smtp:',
  headers: {
    'x-envelope-from': envelope.from ?? 'marie@example.com',
    'x-envelope-to': envelope.to ?? 'support@guichet.test',
  },
  body,
})

const channel = email({ listen: false })

export const parse = async (
  body: Uint8Array,
  account: ChannelAccount<EmailSettings>,
  envelope?: { readonly from?: string; readonly to?: string },
): Promise<ReadonlyArray<InboundEvent>> => channel.parse(requestOf(body, envelope), account)

export type Received = Extract<InboundEvent, { readonly _tag: 'MessageReceived' }>

/** The one message in a mail that has one. */
export const received = async (
  body: Uint8Array,
  account: ChannelAccount<EmailSettings>,
  envelope?: { readonly from?: string; readonly to?: string },
): Promise<Received> => {
  const [event] = await parse(body, account, envelope)
  if (event?._tag !== 'MessageReceived') throw new Error(`expected a message, got ${JSON.stringify(event)}`)
  return event
}

export const filesIn = ({ parts }: Received): ReadonlyArray<InboundFile> =>
  parts.flatMap((part) => (part._tag === 'File' ? [part.file] : []))

export const textIn = ({ parts }: Received): string =>
  parts.flatMap((part) => (part._tag === 'Text' ? [part.text] : [])).join('\n')

export const htmlIn = ({ parts }: Received): string =>
  parts.flatMap((part) => (part._tag === 'Html' ? [part.html] : [])).join('\n')
