import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface Delivered {
  readonly from: string
  readonly to: ReadonlyArray<string>
  readonly raw: string
}

/** A real SMTP server that takes mail and keeps it, envelope and bytes. */
export const openRelay = async (
  options: SMTPServerOptions = {},
): Promise<{ readonly port: number; readonly delivered: ReadonlyArray<Delivered>; readonly server: SMTPServer }> => {
  const delivered: Array<Delivered> = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 50,
    onData: (stream, { envelope }, done) => {
      const chunks: Array<Buffer> = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        delivered.push({
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)))
  return { port: (server.server.address() as AddressInfo).port, delivered, server }
}

/** The header fields of a mail, unfolded, in their order. */
export const fieldsOf = (raw: string): ReadonlyArray<readonly [string, string]> => {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ')
  return head.split('\r\n').map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
}

export const fieldOf = (raw: string, name: string): string | undefined =>
  fieldsOf(raw).find(([key]) => key === name)?.[1]
