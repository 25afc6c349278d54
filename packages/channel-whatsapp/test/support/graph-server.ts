import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { numberId } from './account.ts'
import { issuesOf } from './message-rules.ts'

/** An answer that is not what the API would say of itself. */
export interface Scripted {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** `resets` and `hangs` do so when the request has been read; what was asked may have been done, and is not. */
export type Fate = Scripted | 'resets' | 'hangs'

/** What is asked for: messages, uploads, where a file is, and the file itself. */
export type Place = 'messages' | 'media' | 'lookup' | 'file'

export interface SentMessage {
  readonly id: string
  readonly body: Readonly<Record<string, unknown>>
}

export interface HeldFile {
  readonly bytes: Uint8Array
  readonly mime: string
}

export interface GraphServer {
  readonly origin: string
  /** Messages that were accepted, in order. */
  readonly sent: ReadonlyArray<SentMessage>
  /** Every request, whole ones only. */
  readonly asked: ReadonlyArray<{ readonly place: Place; readonly headers: IncomingMessage['headers'] }>
  /** Files that were uploaded, or that a customer has sent, by their id. */
  readonly files: Map<string, HeldFile>
  /** The next requests for a place meet these instead, one each. */
  readonly script: (place: Place, ...fates: ReadonlyArray<Fate>) => void
  /** The token that is known; another one has expired. */
  token: string
  /** What happens between a message being taken and that being said: a webhook that is faster, another answer. */
  meanwhile: ((message: SentMessage) => Promise<Fate | undefined>) | undefined
}

const graphError = (status: number, code: number, message: string): Scripted => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    error: { message: `(#${code}) ${message}`, type: 'OAuthException', code, fbtrace_id: 'Az8' },
  }),
})

const ok = (body: unknown): Scripted => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const read = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const placeOf = (method: string, path: string): Place | undefined => {
  if (method === 'POST' && path === `/v25.0/${numberId}/messages`) return 'messages'
  if (method === 'POST' && path === `/v25.0/${numberId}/media`) return 'media'
  if (method === 'GET' && /^\/v25\.0\/[^/]+$/.test(path)) return 'lookup'
  return method === 'GET' && path.startsWith('/file/') ? 'file' : undefined
}

/** The Graph API on this machine, as far as messages and their files go. It stops with the test. */
export const openGraph = async (): Promise<GraphServer> => {
  const sent: Array<SentMessage> = []
  const asked: Array<GraphServer['asked'][number]> = []
  const files = new Map<string, HeldFile>()
  const fates: Record<Place, Array<Fate>> = { messages: [], media: [], lookup: [], file: [] }
  const graph: Pick<GraphServer, 'token' | 'meanwhile'> = { token: 'EAAtest', meanwhile: undefined }
  let origin = ''

  const message = async (body: Buffer): Promise<Fate> => {
    const said = JSON.parse(body.toString()) as SentMessage['body']
    const [issue] = issuesOf(said, new Set(files.keys()))
    if (issue !== undefined) return graphError(400, 100, `Invalid parameter: ${issue}`)
    const id = `wamid.${randomUUID()}`
    sent.push({ id, body: said })
    const instead = await graph.meanwhile?.({ id, body: said })
    if (instead !== undefined) return instead
    const input = String(said['to'] ?? said['recipient'])
    return ok({ messaging_product: 'whatsapp', contacts: [{ input, wa_id: input }], messages: [{ id }] })
  }

  const uploaded = async (body: Buffer, headers: IncomingMessage['headers']): Promise<Scripted> => {
    const type = headers['content-type'] ?? ''
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    const file = form.get('file')
    if (form.get('messaging_product') !== 'whatsapp' || !(file instanceof Blob) || form.get('type') !== file.type) {
      return graphError(400, 100, 'Invalid parameter')
    }
    const id = String(1_000_000 + files.size)
    files.set(id, { bytes: new Uint8Array(await file.arrayBuffer()), mime: file.type })
    return ok({ id })
  }

  const lookUp = (id: string): Scripted => {
    const file = files.get(id)
    if (file === undefined) return graphError(400, 100, 'Object does not exist')
    const sha256 = createHash('sha256').update(file.bytes).digest('hex')
    const { mime, bytes } = file
    return ok({ url: `${origin}/file/${id}`, mime_type: mime, sha256, file_size: bytes.byteLength, id })
  }

  const answer = async (
    place: Place,
    path: string,
    headers: IncomingMessage['headers'],
    body: Buffer,
  ): Promise<Fate | HeldFile> => {
    const scripted = fates[place].shift()
    if (scripted !== undefined) return scripted
    if (headers.authorization !== `Bearer ${graph.token}`) return graphError(401, 190, 'The token has expired')
    const id = path.split('/').at(-1) ?? ''
    if (place === 'messages') return message(body)
    if (place === 'media') return uploaded(body, headers)
    return place === 'lookup' ? lookUp(id) : (files.get(id) ?? graphError(404, 100, 'gone'))
  }

  const write = (response: ServerResponse, fate: Fate | HeldFile): void => {
    if (fate === 'hangs') return
    if (fate === 'resets') return void response.socket?.resetAndDestroy()
    if ('bytes' in fate) return void response.writeHead(200, { 'content-type': fate.mime }).end(fate.bytes)
    response.writeHead(fate.status, fate.headers).end(fate.body)
  }

  const server = createServer((request, response) => {
    void read(request).then(async (body) => {
      const { pathname } = new URL(request.url ?? '/', origin)
      const place = placeOf(request.method ?? '', pathname)
      if (place === undefined) return write(response, graphError(404, 2500, 'Unknown path'))
      asked.push({ place, headers: request.headers })
      write(response, await answer(place, pathname, request.headers, body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(graph, {
    origin,
    sent,
    asked,
    files,
    script: (place: Place, ...more: ReadonlyArray<Fate>) => void fates[place].push(...more),
  })
}
