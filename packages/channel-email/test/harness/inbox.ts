import { connect, type Socket } from 'node:net'
import { createTransport } from 'nodemailer'
import { onTestFinished } from 'vitest'
import type { ChannelAccount } from '@guichet/engine/ports'
import { email, type EmailChannel, type EmailSettings, type ListenOptions } from '../../src/index.ts'
import type { RecordingSink } from './sink.ts'

export interface Inbox {
  readonly channel: EmailChannel
  readonly port: number
  /** Stops to receive for all accounts. */
  readonly stop: () => void
}

/** The channel with its SMTP server on a free port, receiving for some accounts. */
export const openInbox = async (
  accounts: ReadonlyArray<readonly [ChannelAccount<EmailSettings>, RecordingSink]>,
  listen: Partial<ListenOptions> = {},
): Promise<Inbox> => {
  const channel = email({ listen: { host: '127.0.0.1', port: 0, ...listen } })
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  for (const [account, { sink }] of accounts) {
    await channel.connect?.(account, sink, { signal: abort.signal, now: () => 0 })
  }
  const port = channel.server.address()?.port
  if (port === undefined) throw new Error('it does not listen')
  return { channel, port, stop: () => abort.abort() }
}

/** Sends raw bytes as another mail server would. */
export const deliver = (port: number, raw: Uint8Array, from: string, to: ReadonlyArray<string>) => {
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  return transport.sendMail({ envelope: { from, to: [...to] }, raw: Buffer.from(raw) })
}

export interface Talk {
  readonly socket: Socket
  /** Writes a line and waits for the whole answer to it. */
  readonly say: (line: string | Uint8Array) => Promise<string>
  readonly answer: () => Promise<string>
}

/** A socket that speaks SMTP as badly as a test wants. */
export const talk = async (port: number): Promise<Talk> => {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => {
    socket.destroy()
  })
  let heard = ''
  let closed = false
  let wake = () => {}
  socket.on('data', (chunk) => {
    heard += chunk.toString()
    wake()
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    closed = true
    wake()
  })
  const answer = async (): Promise<string> => {
    for (;;) {
      const whole = /^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/.exec(heard)
      if (whole !== null) {
        heard = heard.slice(whole[0].length)
        return whole[0].trim()
      }
      if (closed) return 'closed'
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  await answer()
  return {
    socket,
    answer,
    say: (line) => {
      socket.write(typeof line === 'string' ? `${line}\r\n` : line)
      return answer()
    },
  }
}
