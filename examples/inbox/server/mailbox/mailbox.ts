import { createTransport } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer'
import { SMTPServer } from 'smtp-server'
import { portOf } from '../listen.ts'
import { type Mail, parseMail } from './mail.ts'
import { type MailStore, openMailStore } from './store.ts'

export interface Letter {
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly date?: Date
  readonly messageId?: string
  readonly inReplyTo?: string
  readonly references?: ReadonlyArray<string>
  readonly attachments?: ReadonlyArray<{
    readonly filename: string
    readonly contentType: string
    readonly content: Buffer
  }>
  readonly html?: string
}

export interface Mailbox {
  /** Where the engine sends to: a real SMTP server on a port of its own. */
  readonly port: number
  readonly store: MailStore
  /** Whether it takes mail now. While it does not, every recipient is put off with a 451, as by a provider in trouble. */
  readonly takes: { readonly on: () => boolean; readonly set: (on: boolean) => void }
  /** Sends by real SMTP to the engine; rejects with what the server answered. */
  readonly send: (letter: Letter) => Promise<Mail>
  /** Hears of every mail that arrives or leaves. Returns how to stop. */
  readonly on: (listener: (mail: Mail) => void) => () => void
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

/** The mail server of the shop's customers: every address exists but `nobody@…`, which shows what a failure looks like. */
export const startMailbox = async (options: {
  readonly file: string
  readonly host: string
  /** Where the engine receives; asked for every mail, since it moves when the engine's port does. */
  readonly smtp: () => { readonly host: string; readonly port: number }
}): Promise<Mailbox> => {
  const store = openMailStore(options.file)
  let takes = true
  const listeners = new Set<(mail: Mail) => void>()
  const put = async (raw: Uint8Array, boxes: ReadonlyArray<string>, direction: Mail['direction']): Promise<Mail[]> => {
    const parsed = await parseMail(raw, Date.now())
    const mails = boxes.map((box) => store.add({ ...parsed, box: box.toLowerCase(), direction }, raw))
    for (const mail of mails) for (const listener of listeners) listener(mail)
    return mails
  }
  const keep = async (stream: NodeJS.ReadableStream, boxes: ReadonlyArray<string>) =>
    put(await bytesOf(stream), boxes, 'received')
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: largest,
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) =>
      takes ? done(address.startsWith('nobody@') ? unknown() : undefined) : done(putOff()),
    onData: (stream, session, done) => {
      const boxes = session.envelope.rcptTo.map(({ address }) => address)
      void answer(keep(stream, boxes), done)
    },
  })
  // A client that hangs up in the middle is its own affair.
  server.on('error', () => {})
  await new Promise<void>((resolve) => {
    server.listen(0, options.host, () => resolve())
  })
  return {
    port: portOf(server.server),
    store,
    takes: {
      on: () => takes,
      set: (on) => {
        takes = on
      },
    },
    send: async (letter) => {
      const raw = await new MailComposer({
        ...letter,
        references: [...(letter.references ?? [])],
        attachments: [...(letter.attachments ?? [])],
      })
        .compile()
        .build()
      const transport = createTransport({ ...options.smtp(), secure: false, ignoreTLS: true })
      await transport.sendMail({ envelope: { from: letter.from.address, to: [letter.to] }, raw })
      const [mail] = await put(raw, [letter.from.address], 'sent')
      if (mail === undefined) throw new Error('the mail was sent but not kept')
      return mail
    },
    on: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => {
      await new Promise<void>((resolve) => server.close(() => resolve()))
      store.close()
    },
  }
}
