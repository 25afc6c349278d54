import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Sink } from '@guichet/engine/ports'
import { WebSocket } from 'ws'
import type { ClientFrame, ServerFrame, SessionAnswer } from '../src/protocol/frames.ts'
import {
  livechat,
  livechatSettings,
  type AttachOptions,
  type LivechatOptions,
  type LivechatSettingsInput,
} from '../src/index.ts'

export const origin = 'https://shop.example'
export const secret = 'a secret of the shop, long enough for HMAC'

/** No limit that a test would run into without meaning to. */
const wide = { burst: 100_000, perMinute: 100_000 }
const everything = { ip: wide, visitor: wide, account: wide }
export const wideRates = { sessions: everything, messages: everything, uploads: everything, frames: wide }

export const settings = (more: Partial<LivechatSettingsInput> = {}): LivechatSettingsInput => ({
  origins: [origin],
  secret,
  rates: wideRates,
  ...more,
})

export interface Started {
  readonly port: number
  readonly base: string
  readonly server: Server
  readonly chat: ReturnType<typeof livechat>
  readonly connect: (
    account: string,
    sink: Sink,
    input: LivechatSettingsInput,
    now?: () => number,
  ) => Promise<AbortController>
  readonly stop: () => Promise<void>
}

/** A real HTTP server with the chat on it, and the account `acme/site`. */
export const start = async (
  sink: Sink,
  input: LivechatSettingsInput = settings(),
  options: LivechatOptions & {
    readonly attach?: AttachOptions
    readonly host?: RequestListener
    readonly now?: () => number
  } = {},
): Promise<Started> => {
  const server = createServer(options.host ?? ((_, response) => response.writeHead(404).end('host')))
  const chat = livechat({ connections: wide, ...options })
  const detach = chat.attach(server, options.attach)
  const connected: Array<AbortController> = []
  const connect: Started['connect'] = async (name, to, raw, now = Date.now) => {
    const checked = await livechatSettings['~standard'].validate(raw)
    if (checked.issues !== undefined) throw new Error(JSON.stringify(checked.issues))
    const controller = new AbortController()
    connected.push(controller)
    const [workspace = '', id = ''] = name.split('/')
    await chat.connect?.({ workspace, id, name, settings: checked.value }, to, { signal: controller.signal, now })
    return controller
  }
  await connect('acme/site', sink, input, options.now)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    base: `http://127.0.0.1:${port}/chat/v1`,
    server,
    chat,
    connect,
    stop: async () => {
      for (const controller of connected) controller.abort()
      detach()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export const post = (url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

export const openSession = async (base: string, more: object = {}): Promise<SessionAnswer> => {
  const response = await post(`${base}/sessions`, { account: 'acme/site', ...more })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as SessionAnswer
}

/** A socket under the hand of a test: every frame is kept, and can be waited for. */
export interface Peer {
  readonly socket: WebSocket
  readonly frames: ReadonlyArray<ServerFrame>
  readonly tell: (frame: ClientFrame) => void
  /** The first frame of this type that has not been asked for yet. */
  readonly next: <Type extends ServerFrame['type']>(
    type: Type,
  ) => Promise<Extract<ServerFrame, { readonly type: Type }>>
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  readonly open: Promise<void>
}

export const dial = (base: string, headers: Readonly<Record<string, string>> = { origin }): Peer => {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/ws`, { headers })
  const frames: Array<ServerFrame> = []
  const asked = new Set<ServerFrame>()
  let look = (): void => {}
  socket.on('message', (data) => {
    frames.push(JSON.parse(String(data)) as ServerFrame)
    look()
  })
  socket.on('error', () => {})
  const closed = new Promise<{ readonly code: number; readonly reason: string }>((resolve) =>
    socket.on('close', (code, reason) => {
      resolve({ code, reason: String(reason) })
      look()
    }),
  )
  const waits = new Set<() => void>()
  look = () => {
    for (const wait of waits) wait()
  }
  return {
    socket,
    frames,
    closed,
    open: new Promise((resolve, reject) => {
      socket.once('open', () => resolve())
      socket.once('error', reject)
    }),
    tell: (frame) => socket.send(JSON.stringify(frame)),
    next: (type) =>
      new Promise((resolve, reject) => {
        const wait = (): void => {
          const found = frames.find((frame) => frame.type === type && !asked.has(frame))
          if (found !== undefined) {
            asked.add(found)
            waits.delete(wait)
            resolve(found as never)
          } else if (socket.readyState === socket.CLOSED) {
            waits.delete(wait)
            reject(new Error(`closed while waiting for ${type}; got ${JSON.stringify(frames)}`))
          }
        }
        waits.add(wait)
        wait()
      }),
  }
}

/** Connected, greeted and with everything fetched. */
export const enter = async (base: string, session?: SessionAnswer, lastSeq = 0, conversation?: string) => {
  const known = session ?? (await openSession(base))
  const peer = dial(base)
  await peer.open
  peer.tell({
    type: 'hello',
    sessionToken: known.sessionToken,
    lastSeq,
    ...(conversation === undefined ? {} : { conversation }),
  })
  const welcome = await peer.next('welcome')
  return { ...peer, session: known, address: known.visitorId, welcome }
}

let ids = 0
export const clientId = (): string => {
  ids += 1
  return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`
}

/** Waits until something is so, looking again after every turn of the loop. */
export const until = async (holds: () => boolean, what = 'a condition', ms = 15_000): Promise<void> => {
  const end = Date.now() + ms
  while (!holds()) {
    if (Date.now() > end) throw new Error(`gave up waiting for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
