import { createTransport } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer'
import { keep } from './keep.ts'
import type { Mail } from './mail.ts'
import type { MailStore } from './store.ts'

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
  readonly store: MailStore
  /** Sends by real SMTP to the engine; rejects with what the server answered. */
  readonly send: (letter: Letter) => Promise<Mail>
  /** Hears of every mail that arrives or leaves, in whatever process. Returns how to stop. */
  readonly on: (listener: (mail: Mail) => void) => () => void
}

/** How often it is looked for new mail while a page is open that shows it, in milliseconds. */
const interval = 100

/** What a customer sees of her mailbox, and her pen. */
export const openMailbox = (options: {
  readonly store: MailStore
  /** Where the engine receives; asked for every mail, since it moves when the engine's port does. */
  readonly smtp: () => { readonly host: string; readonly port: number }
}): Mailbox => {
  const { store, smtp } = options
  return {
    store,
    send: async (letter) => {
      const raw = await new MailComposer({
        ...letter,
        references: [...(letter.references ?? [])],
        attachments: [...(letter.attachments ?? [])],
      })
        .compile()
        .build()
      const transport = createTransport({ ...smtp(), secure: false, ignoreTLS: true })
      await transport.sendMail({ envelope: { from: letter.from.address, to: [letter.to] }, raw })
      const [mail] = await keep(store, raw, [letter.from.address], 'sent')
      if (mail === undefined) throw new Error('the mail was sent but not kept')
      return mail
    },
    on: (listener) => {
      let seen = store.last()
      const timer = setInterval(() => {
        for (const mail of store.after(seen)) {
          seen = mail.id
          listener(mail)
        }
      }, interval)
      return () => clearInterval(timer)
    },
  }
}
