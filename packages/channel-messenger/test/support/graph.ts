import { hmac } from '@guichet/channel-kit'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { type GraphFailure, type SendBody, sendFailure } from './send-api.ts'

/** What the server does with the next request to `messages` instead of answering as it would. */
export type Turn =
  /** Taken, and the answer never comes. */
  | { readonly does: 'take and be silent' }
  /** Taken, and the connection ends. */
  | { readonly does: 'take and reset' }
  | { readonly does: 'reset' }
  | {
      readonly does: 'answer'
      readonly status: number
      readonly body: string
      readonly headers?: Readonly<Record<string, string>>
    }

/** One message that the Send API has taken. */
export interface Taken {
  readonly mid: string
  readonly to: string
  readonly body: SendBody
}

export interface Upload {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
}

export interface Graph {
  readonly origin: string
  readonly taken: ReadonlyArray<Taken>
  readonly uploads: ReadonlyArray<Upload>
  /** The paths of all requests, with their query. */
  readonly asked: ReadonlyArray<string>
  /** Puts a turn before the next requests to `edge`, `messages` unless said. */
  readonly next: (turn: Turn, edge?: string) => void
  /** Resolves when the next request to `messages` has been read. */
  readonly whenAsked: () => Promise<void>
  /** Notes that somebody wrote, which opens the window. */
  readonly wrote: (who: string, at: number) => void
  /** Sets the clock of Meta. */
  readonly setNow: (now: number) => void
  /** Sets the token that is accepted from now on: another one has expired. */
  readonly setToken: (token: string) => void
  /** Holds a file; answers with its address. */
  readonly hold: (path: string, bytes: Uint8Array, mime: string) => string
}

export interface GraphOptions {
  readonly product?: 'messenger' | 'instagram'
  readonly node: string
  readonly token: string
  readonly proofSecret?: string
  /** What uploads have to say, where a page serves two products. */
  readonly platform?: 'instagram'
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const answer = (response: ServerResponse, status: number, json: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
}

const refuse = (response: ServerResponse, status: number, error: GraphFailure): void =>
  answer(response, status, { error: { type: 'OAuthException', fbtrace_id: 'A1', ...error } })

/** The Graph API of one page or account, as far as messages go: real HTTP, its checks, and what goes wrong on purpose. */
export const openGraph = async ({
  product = 'messenger',
  node,
  token,
  proofSecret,
  platform,
}: GraphOptions): Promise<Graph> => {
  const taken: Array<Taken> = []
  const uploads: Array<Upload> = []
  const asked: Array<string> = []
  const turns: Array<{ readonly turn: Turn; readonly edge: string }> = []
  const wrote = new Map<string, number>()
  const files = new Map<string, { readonly bytes: Uint8Array; readonly mime: string }>()
  let now = Date.now()
  let accepted = token
  let listeners: Array<() => void> = []

  const denied = (request: IncomingMessage, url: URL): GraphFailure | undefined => {
    if (request.headers.authorization !== `Bearer ${accepted}`) {
      return { code: 190, error_subcode: 463, message: 'Error validating access token: Session has expired' }
    }
    const proof = proofSecret === undefined ? null : hmac('sha256', proofSecret, accepted, 'hex')
    return url.searchParams.get('appsecret_proof') === proof
      ? undefined
      : { code: 100, message: 'Invalid appsecret_proof' }
  }

  const takeUpload = async (request: IncomingMessage, response: ServerResponse, bytes: Buffer): Promise<void> => {
    const type = request.headers['content-type'] ?? ''
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
    const said = JSON.parse(String(form.get('message'))) as { attachment: { type: string } }
    const data = form.get('filedata')
    if (!(data instanceof File) || (form.get('platform') ?? undefined) !== platform) {
      return refuse(response, 400, { code: 100, error_subcode: 2018047, message: 'Upload attachment failure' })
    }
    const id = `att_${uploads.length + 1}`
    const content = new Uint8Array(await data.arrayBuffer())
    uploads.push({ id, type: said.attachment.type, name: data.name, mime: data.type, bytes: content })
    answer(response, 200, { attachment_id: id })
  }

  const takeMessage = (response: ServerResponse, bytes: Buffer, silent: boolean): void => {
    const body = JSON.parse(bytes.toString()) as SendBody
    const attachments = new Map(uploads.map((one) => [one.id, one]))
    const failure = sendFailure(body, { product, wrote, attachments, now })
    if (failure !== undefined) return silent ? undefined : refuse(response, 400, failure)
    const to = body.recipient?.id ?? `user_ref:${body.recipient?.user_ref}`
    const mid = `m_out_${taken.length + 1}`
    taken.push({ mid, to, body })
    if (!silent) answer(response, 200, { recipient_id: to, message_id: mid })
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://graph')
    const file = files.get(url.pathname)
    if (request.method === 'GET' && file !== undefined) {
      return void response.writeHead(200, { 'content-type': file.mime }).end(file.bytes)
    }
    const bytes = await bodyOf(request)
    const edge = url.pathname.split('/').at(-1) ?? ''
    asked.push(`${url.pathname}${url.search}`)
    const refused = denied(request, url)
    if (!/^\/v\d+\.\d+\//.test(url.pathname) || url.pathname.split('/')[2] !== node) {
      refuse(response, 404, { code: 803, message: 'Some of the aliases you requested do not exist' })
    } else if (refused !== undefined) {
      refuse(response, refused.code === 190 ? 401 : 400, refused)
    } else {
      const at = turns.findIndex((one) => one.edge === edge)
      const turn = at < 0 ? undefined : turns.splice(at, 1)[0]?.turn
      if (turn?.does === 'reset') request.socket.destroy()
      else if (turn?.does === 'answer') response.writeHead(turn.status, turn.headers).end(turn.body)
      else if (edge === 'message_attachments') await takeUpload(request, response, bytes)
      else {
        takeMessage(response, bytes, turn !== undefined)
        if (turn?.does === 'take and reset') request.socket.destroy()
      }
    }
    if (edge === 'messages') {
      for (const heard of listeners) heard()
      listeners = []
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((closed) => server.close(closed))
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    taken,
    uploads,
    asked,
    next: (turn, edge = 'messages') => void turns.push({ turn, edge }),
    whenAsked: () =>
      new Promise((heard) => {
        listeners.push(heard)
      }),
    wrote: (who, at) => void wrote.set(who, Math.max(at, wrote.get(who) ?? 0)),
    setNow: (at) => {
      now = at
    },
    setToken: (given) => {
      accepted = given
    },
    hold: (path, bytes, mime) => {
      files.set(path, { bytes, mime })
      return `${origin}${path}`
    },
  }
}
