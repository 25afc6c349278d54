import type { Readable } from 'node:stream'
import type { ChannelAccount } from '@guichet/engine/ports'
import {
  createTransport,
  type PluginFunction,
  type SendMailOptions,
  type SMTPPoolOptions,
  type SMTPPoolSentMessageInfo,
  type Transporter,
} from 'nodemailer'
import type { EmailSettings, SmtpSettings } from '../settings/settings.ts'

export type SmtpTransport = Transporter<SMTPPoolSentMessageInfo, SMTPPoolOptions>

type Watch = (mail: Readable) => void

const watches = new WeakMap<object, Watch>()
const watchKey = 'guichetWatch'

/** A mail whose stream of bytes is shown to `watch` when it is about to be sent. */
export const watched = (mail: SendMailOptions, watch: Watch): SendMailOptions => {
  const key = {}
  watches.set(key, watch)
  return Object.assign({}, mail, { [watchKey]: key })
}

/** nodemailer makes the stream of a mail when a connection is ready for it; this is where it can be seen. */
const watchStream: PluginFunction = (mail, done) => {
  const key: unknown = (mail.data as Record<string, unknown>)[watchKey]
  const watch = typeof key === 'object' && key !== null ? watches.get(key) : undefined
  const { message } = mail
  if (watch !== undefined && message !== undefined) {
    const create = message.createReadStream.bind(message)
    message.createReadStream = (options) => {
      const stream = create(options)
      watch(stream)
      return stream
    }
  }
  done()
}

const second = 1_000

const poolOptions = (
  { host, port, secure, auth, tls }: SmtpSettings,
  name: string,
): SMTPPoolOptions & { pool: true } => ({
  pool: true,
  host,
  port,
  name,
  secure: secure ?? false,
  ...(auth === undefined ? {} : { auth: { user: auth.user, pass: auth.pass } }),
  requireTLS: tls?.required ?? false,
  tls: {
    ...(tls?.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: tls.rejectUnauthorized }),
    ...(tls?.servername === undefined ? {} : { servername: tls.servername }),
    ...(tls?.ca === undefined ? {} : { ca: tls.ca }),
  },
  maxConnections: 3,
  maxMessages: 100,
  // A connection that the server closed while it was idle is replaced once; only when nothing of the mail was sent.
  maxRequeues: 1,
  idleTimeout: 30 * second,
  connectionTimeout: 20 * second,
  greetingTimeout: 20 * second,
  socketTimeout: 120 * second,
  dnsTimeout: 20 * second,
  disableFileAccess: true,
  disableUrlAccess: true,
})

/** Open connections by account; an account whose settings changed gets new ones. */
export interface Transports {
  readonly of: (account: ChannelAccount<EmailSettings>) => SmtpTransport
  readonly close: (account: ChannelAccount<EmailSettings>) => void
}

export const transports = (): Transports => {
  const open = new Map<string, { readonly settings: string; readonly transport: SmtpTransport }>()
  const keyOf = (account: ChannelAccount<EmailSettings>) => JSON.stringify([account.workspace, account.id])
  const close = (account: ChannelAccount<EmailSettings>) => {
    open.get(keyOf(account))?.transport.close()
    open.delete(keyOf(account))
  }
  return {
    of: (account) => {
      const settings = JSON.stringify(account.settings.smtp)
      const known = open.get(keyOf(account))
      if (known?.settings === settings) return known.transport
      close(account)
      const transport = createTransport(
        poolOptions(account.settings.smtp, account.settings.address.split('@')[1] ?? 'localhost'),
      )
      // An emitter without a listener for `error` ends the process.
      transport.on('error', () => {})
      transport.use('stream', watchStream)
      open.set(keyOf(account), { settings, transport })
      return transport
    },
    close,
  }
}
