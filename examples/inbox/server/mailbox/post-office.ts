import { SMTPServer } from 'smtp-server'
import { portOf } from '../listen.ts'
import { keep } from './keep.ts'
import type { MailStore } from './store.ts'

/** The mail server of the shop's customers: where the engine's answers arrive, by real SMTP. */
export interface PostOffice {
  readonly port: number
  readonly close: () => Promise<void>
}

const largest = 32 * 1024 * 1024

const bytesOf = async (stream: NodeJS.ReadableStream): Promise<Uint8Array> => {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}

/** 250 when it is kept, 451 when it is not. */
const answer = async (kept: Promise<unknown>, done: (error?: Error | null) => void): Promise<void> => {
  const failed = await kept.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  )
  done(failed)
}

/** RFC 5321, 4.2.3: a local error, for which the sender tries again later. */
const putOff = () => Object.assign(new Error('4.3.0 Out of order for a while, try again later'), { responseCode: 451 })
const unknown = () => Object.assign(new Error('5.1.1 No such mailbox here'), { responseCode: 550 })

/** Every address exists but `nobody@…`, which shows what a failure looks like. */
export const openPostOffice = async (options: {
  readonly store: MailStore
  readonly host: string
  /** Whether it takes mail now. While it does not, every recipient is put off with a 451, as by a provider in trouble. */
  readonly takes: () => boolean
}): Promise<PostOffice> => {
  const { store, host, takes } = options
  const receive = async (stream: NodeJS.ReadableStream, boxes: ReadonlyArray<string>) =>
    keep(store, await bytesOf(stream), boxes, 'received')
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: largest,
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) =>
      takes() ? done(address.startsWith('nobody@') ? unknown() : undefined) : done(putOff()),
    onData: (stream, session, done) => {
      const boxes = session.envelope.rcptTo.map(({ address }) => address)
      void answer(receive(stream, boxes), done)
    },
  })
  // A client that hangs up in the middle is its own affair.
  server.on('error', () => {})
  await new Promise<void>((resolve) => {
    server.listen(0, host, () => resolve())
  })
  return {
    port: portOf(server.server),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
