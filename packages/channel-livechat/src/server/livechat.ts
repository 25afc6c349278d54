import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Blobs, Channel, Clock } from '@guichet/engine/ports'
import { WebSocketServer } from 'ws'
import { maxFrame, maxTextLength } from '../protocol/limits.ts'
import { makeAccountLink, type AccountLink } from './account-link.ts'
import { clientIp, limitKey } from './client-ip.ts'
import { systemClock } from './clock.ts'
import { serveHttp } from './http.ts'
import { allows } from './origins.ts'
import { shownParts } from './part-frames.ts'
import { makeLimiter, type Rate } from './rates.ts'
import { defaultFiles, livechatSettings, type LivechatSettings } from './settings.ts'
import { sharedUploads } from './shared-uploads.ts'
import { serveSocket } from './socket.ts'
import { makeUploads } from './uploads.ts'

/** How the channel works in this process; what differs between sites is in `LivechatSettingsInput`. */
export interface LivechatOptions {
  /** Drives deadlines and heartbeats; the machine's own unless given. */
  readonly clock?: Clock
  /** New sockets of one network address, before anything is known of them. 120 at once and 240 a minute. */
  readonly connections?: Rate
  /** What uploads may take, in bytes, while they wait for their message. 64 MB. */
  readonly maxPendingBytes?: number
  /**
   * Where uploads wait for their message besides, so that every process that was given the same place finds them: with
   * one, no visitor has to stay with a process. What a process leaves there when it dies counts for nothing after ten
   * minutes. Only this process's memory unless given.
   */
  readonly uploads?: Blobs
}

/** How the chat stands in a host's HTTP server. */
export interface AttachOptions {
  /** Where the chat answers; `/chat/v1` unless given. */
  readonly path?: string
  /**
   * How many proxies of the host's own stand before the server: so many entries of `X-Forwarded-For`, from its right
   * end, are believed. None unless given.
   */
  readonly trustProxy?: number | false
}

/** What leaves: that there is something new at an address. The message itself is read from the journal. */
export interface LivechatWire {
  readonly to: string
}

/** The live chat channel, and how a host's HTTP server hands over what is the chat's. */
export interface Livechat extends Channel<LivechatSettings, LivechatWire> {
  /**
   * Serves the chat on a host's own HTTP server, below a path; every other request and upgrade goes where it went
   * before. Returns how to stop.
   */
  readonly attach: (server: Server, options?: AttachOptions) => () => void
  /** Answers a request if it is one of the chat's. For hosts that route by themselves. */
  readonly handle: (request: IncomingMessage, response: ServerResponse, options?: AttachOptions) => boolean
  /** Takes over a socket if it is one of the chat's. For hosts that route by themselves. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer, options?: AttachOptions) => boolean
}

const defaultPath = '/chat/v1'

/** What follows the path in a request's URL; undefined when the request is not below it. */
const below = (url: string | undefined, path: string): string | undefined => {
  if (url === undefined || !url.startsWith(path)) return undefined
  const rest = url.slice(path.length)
  return rest === '' || rest.startsWith('/') || rest.startsWith('?') ? rest : undefined
}

const turnAway = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/**
 * Live chat on a website. Visitors connect to the host's own HTTP server; sessions, messages, receipts and files are
 * described in the package's README.
 *
 * @example
 * ```ts
 * import { once } from 'node:events'
 * import { createServer } from 'node:http'
 * import { livechat } from '@guichet/channel-livechat'
 * import { createEngine } from '@guichet/engine'
 * import { memoryStorage } from '@guichet/engine/memory'
 *
 * const chat = livechat()
 * const engine = await createEngine({ storage: memoryStorage(), channels: { livechat: chat } })
 * const acme = engine.workspace('acme')
 * await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
 * const settings = { origins: ['https://shop.example'], secret: 'at least thirty-two characters of it' }
 * const site = await acme.accounts.put({ id: 'site', channel: 'livechat', queue: 'support', settings })
 * const server = createServer((_, response) => response.end('the page'))
 * const detach = chat.attach(server, { path: '/chat/v1' })
 * await once(server.listen(0), 'listening')
 * console.log(site.ok)
 *
 * detach()
 * server.close()
 * await engine.close()
 * ```
 *
 * ```text
 * true
 * ```
 */
export const livechat = (options: LivechatOptions = {}): Livechat => {
  const clock = options.clock ?? systemClock
  const links = new Map<string, AccountLink>()
  const uploads = makeUploads(clock.now, options.maxPendingBytes ?? 64 * 1024 * 1024)
  const shared = options.uploads && sharedUploads(options.uploads, clock.now)
  const connections = makeLimiter(options.connections ?? { burst: 120, perMinute: 240 }, clock.now)
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Compression costs memory for every socket and lets a few bytes unfold into many.
    perMessageDeflate: false,
    maxPayload: maxFrame,
    maxFragments: 64,
    maxBufferedChunks: 1024,
  })
  sockets.on('error', () => {})
  const strangers = new Set<() => void>()

  const handle: Livechat['handle'] = (request, response, { path = defaultPath, trustProxy = false } = {}) => {
    const rest = below(request.url, path)
    if (rest === undefined) return false
    const ip = clientIp(request, trustProxy)
    void serveHttp(request, response, rest, { clock, uploads, shared, links, ip, ipKey: limitKey(ip) })
    return true
  }

  const upgrade: Livechat['upgrade'] = (request, socket, head, { path = defaultPath, trustProxy = false } = {}) => {
    const rest = below(request.url, path)
    if (rest === undefined) return false
    // Between here and the handshake nobody else listens, and a reset would end the process.
    socket.on('error', () => socket.destroy())
    const ipKey = limitKey(clientIp(request, trustProxy))
    const { origin } = request.headers
    const welcome = [...links.values()].some(({ settings }) =>
      origin === undefined ? settings.allowNoOrigin : allows(settings.origins, origin),
    )
    if (rest !== '/ws') turnAway(socket, '404 Not Found')
    else if (!welcome) turnAway(socket, '403 Forbidden')
    else if (!connections.take(ipKey)) turnAway(socket, '429 Too Many Requests')
    else {
      sockets.handleUpgrade(request, socket, head, (ws) =>
        serveSocket(ws, {
          origin,
          ip: ipKey,
          clock,
          uploads,
          shared,
          linkOf: (account) => links.get(account),
          strangers,
        }),
      )
    }
    return true
  }

  return {
    name: 'livechat',
    spi: 1,
    capabilities: {
      threading: 'contact',
      webhook: false,
      live: true,
      idempotentSend: true,
      html: false,
      subject: false,
      cc: false,
      edit: true,
      delete: true,
      receipts: true,
      typing: true,
      maxTextLength,
      parts: shownParts,
      files: defaultFiles,
    },
    settings: livechatSettings,
    // Nothing comes by webhook: a request that claims to is not ours.
    verify: () => false,
    parse: () => [],
    render: (message) => ({ _tag: 'Rendered', wires: [{ to: message.to }] }),
    /*
     * A message is sent once it stands in the journal. That is where every socket reads from: those that are open are
     * told by the sink's hint, those that are not read it when they come back, by seq. Pushing it from here as well
     * would be a second way, out of order with the first; a visitor who has closed the page is not a failed delivery.
     */
    send: () => ({ _tag: 'Accepted', status: 'sent' }),
    connect: async (account, sink, { signal, now }) => {
      if (signal.aborted) return
      const link = makeAccountLink(account, sink, now, clock)
      const stop = sink.watch((hint) => {
        if (hint._tag === 'Changed') link.rooms.changed(hint.address)
        else link.rooms.typing(hint.address, hint.name, hint.on)
      })
      links.set(link.key, link)
      signal.addEventListener(
        'abort',
        () => {
          stop()
          if (links.get(link.key) === link) links.delete(link.key)
          for (const close of link.sockets) close()
        },
        { once: true },
      )
    },
    handle,
    upgrade,
    attach: (server, attached = {}) => {
      let active = true
      const emit = server.emit
      /*
       * Listeners of an emitter cannot stop each other, and a framework's listener answers 404 to whatever it does not
       * know, whether it was added before or after. So what is ours is taken out before any listener hears of it.
       */
      const intercept = ((event: string, ...args: ReadonlyArray<unknown>): boolean => {
        if (active && event === 'request' && handle(args[0] as IncomingMessage, args[1] as ServerResponse, attached)) {
          return true
        }
        if (
          active &&
          event === 'upgrade' &&
          upgrade(args[0] as IncomingMessage, args[1] as Duplex, args[2] as Buffer, attached)
        ) {
          return true
        }
        return Reflect.apply(emit, server, [event, ...args]) as boolean
      }) as typeof server.emit
      server.emit = intercept
      // Node upgrades only where somebody listens. Where nobody else does, what is not ours has nowhere to go.
      const others = (_: IncomingMessage, socket: Duplex): void => {
        if (server.listenerCount('upgrade') === 1)
          turnAway(
            socket.on('error', () => {}),
            '404 Not Found',
          )
      }
      server.on('upgrade', others)
      return () => {
        active = false
        server.off('upgrade', others)
        for (const close of strangers) close()
        if (server.emit === intercept) server.emit = emit
      }
    },
  }
}
