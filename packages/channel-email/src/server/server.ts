import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import { collect, room } from './collect.ts'
import { type Envelope, handOver } from './receive.ts'
import { type Route, routes } from './routes.ts'

/** Where mail is received (SMTP, RFC 5321), and how much of it at once. */
export interface ListenOptions {
  readonly host: string
  /** 0 for any free one: `server.address()` and `onListening` say which. */
  readonly port: number
  /** The largest mail, in bytes; 25 MB unless given. */
  readonly maxBytes?: number
  /** Connections at once; 100 unless given. */
  readonly maxClients?: number
  /** Key and certificate, PEM: with them STARTTLS is offered. */
  readonly tls?: { readonly key: string; readonly cert: string }
  readonly onListening?: (address: AddressInfo) => void
}

export interface InboundServer {
  /** Receives for an account from now on. Starts to listen for the first one. Rejects when an address is taken. */
  readonly join: (route: Route) => Promise<void>
  /** Stops to receive for it; with the last one the port is closed. */
  readonly leave: (route: Route) => void
  /** Where it listens; undefined when nobody is connected. */
  readonly address: () => AddressInfo | undefined
}

const defaultMaxBytes = 25 * 1024 * 1024
const defaultMaxClients = 100
/** RFC 5321 4.5.3.2: a sender gets minutes for a block of data, not hours for a mail. */
const dataTimeout = 10 * 60_000
/** Mails being received at once share this many times the largest one. */
const roomFor = 8

const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code })

const serverOptions = (
  options: ListenOptions,
  find: (address: string) => Route | undefined,
  disconnect: (session: SMTPServerSession) => void,
): SMTPServerOptions => {
  const maxBytes = options.maxBytes ?? defaultMaxBytes
  const space = room(maxBytes * roomFor)
  return {
    ...options.tls,
    authOptional: true,
    disabledCommands: options.tls === undefined ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    size: maxBytes,
    maxClients: options.maxClients ?? defaultMaxClients,
    maxRecipients: 100,
    maxCommandLength: 4_096,
    socketTimeout: 60_000,
    closeTimeout: 5_000,
    disableReverseLookup: true,
    logger: false,
    onRcptTo: ({ address }, _session, done) =>
      done(find(address) === undefined ? refusal(550, 'No such mailbox here') : null),
    onData: (stream, session, done) => {
      const timer = setTimeout(() => disconnect(session), dataTimeout)
      // Looked up once more: an account may have left since RCPT.
      const to = session.envelope.rcptTo.flatMap(({ address }) => {
        const route = find(address)
        return route === undefined ? [] : [{ address, route }]
      })
      const complete = to.length === session.envelope.rcptTo.length
      const envelope: Envelope = { from: (session.envelope.mailFrom || { address: '' }).address, to }
      const answer = async (): Promise<void> => {
        const { mail, release } = await collect(stream, maxBytes, space)
        try {
          switch (mail._tag) {
            case 'TooLarge':
              return done(refusal(552, `Message exceeds ${maxBytes} bytes`))
            case 'NoRoom':
              return done(refusal(452, 'Too much mail at once, try again later'))
            case 'Broken':
              return done(refusal(451, 'The message did not arrive whole'))
            case 'Whole':
              return done(
                complete && (await handOver(envelope, mail.bytes))
                  ? null
                  : refusal(451, 'Could not be stored, try again later'),
              )
          }
        } finally {
          release()
          clearTimeout(timer)
        }
      }
      void answer()
    },
  }
}

/** One SMTP server for all the accounts of a channel. */
export const inboundServer = (options: ListenOptions): InboundServer => {
  const known = routes()
  const leaving = new Map<Route, () => void>()
  let server: SMTPServer | undefined
  let starting: Promise<void> | undefined
  let closed: Promise<void> = Promise.resolve()

  const start = async (): Promise<void> => {
    // The port is free again when the server before has closed.
    await closed
    const disconnect = (session: SMTPServerSession) => {
      for (const connection of next.connections) if (connection.session === session) connection.close()
    }
    const next: SMTPServer = new SMTPServer(serverOptions(options, known.find, disconnect))
    await new Promise<void>((resolve, reject) => {
      next.once('error', reject)
      next.listen(options.port, options.host, () => {
        next.off('error', reject)
        resolve()
      })
    })
    // Errors of single connections: nothing that a sender does may end the process.
    next.on('error', () => {})
    server = next
    const address = addressOf(next)
    if (address !== undefined) options.onListening?.(address)
  }

  const stop = () => {
    const last = server
    server = undefined
    starting = undefined
    if (last !== undefined) closed = new Promise((resolve) => last.close(() => resolve()))
  }

  return {
    join: async (route) => {
      const leave = known.add(route)
      if (leave === undefined) throw new Error(`another account receives mail at ${route.addresses.join(', ')}`)
      leaving.set(route, leave)
      starting ??= start()
      try {
        await starting
      } catch (error) {
        leave()
        leaving.delete(route)
        stop()
        throw error
      }
      if (known.size() === 0) stop()
    },
    leave: (route) => {
      leaving.get(route)?.()
      leaving.delete(route)
      if (known.size() === 0 && server !== undefined) stop()
    },
    address: () => (server === undefined ? undefined : addressOf(server)),
  }
}

const addressOf = ({ server }: SMTPServer): AddressInfo | undefined => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address : undefined
}
