import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fate } from './answer.ts'
import type { Api, Asked } from './api.ts'

/** What is done with one request: a fate in place of the provider's, or the provider takes it and that is never said. */
export type Turn = Fate | { readonly takes: Fate }

/** A provider at an address of its own, which does on demand what providers do on bad days. */
export interface LocalServer<Place extends string> {
  readonly origin: string
  /** Every request that has been read, with what it was for. */
  readonly asked: ReadonlyArray<Asked & { readonly place: Place }>
  /** The next requests for a place meet these, one each. */
  readonly script: (place: Place, ...turns: ReadonlyArray<Turn>) => void
  /** Resolves when the next request for a place has been read, and taken or not. */
  readonly whenAsked: (place: Place) => Promise<void>
  readonly close: () => Promise<void>
}

const read = async (request: IncomingMessage): Promise<Asked> => {
  const chunks: Array<Uint8Array> = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  const url = new URL(request.url ?? '/', 'http://provider')
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  return { method: request.method ?? '', url, headers, body: Buffer.concat(chunks) }
}

const write = (response: ServerResponse, fate: Fate): void => {
  if (fate === 'hangs') return
  if (fate === 'resets') return void response.socket?.resetAndDestroy()
  if (fate.breaksOff !== true) return void response.writeHead(fate.status, fate.headers).end(fate.body)
  const body = Buffer.from(fate.body ?? '')
  const headers = { ...fate.headers, 'content-length': String(body.byteLength + 1) }
  response.writeHead(fate.status, headers).write(body, () => response.destroy())
}

/** Opens a provider on this machine; the API is told where it is. */
export const openServer = async <Place extends string>(
  apiAt: (origin: () => string) => Api<Place>,
): Promise<LocalServer<Place>> => {
  const asked: Array<Asked & { readonly place: Place }> = []
  const turns = new Map<Place, Array<Turn>>()
  let listeners: Array<{ readonly place: Place; readonly heard: () => void }> = []
  let origin = ''
  const api = apiAt(() => origin)

  const meet = async (place: Place, one: Asked): Promise<Fate> => {
    const turn = turns.get(place)?.shift()
    if (turn === undefined) return api.answer(place, one)
    if (typeof turn === 'string' || !('takes' in turn)) return turn
    await api.answer(place, one)
    return turn.takes
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = await read(request)
    const place = api.placeOf(one.method, one.url)
    if (place === undefined) return write(response, api.nothing)
    asked.push({ ...one, place })
    const fate = await meet(place, one)
    write(response, fate)
    const heard = listeners.filter((listener) => listener.place === place)
    listeners = listeners.filter((listener) => listener.place !== place)
    for (const listener of heard) listener.heard()
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    asked,
    script: (place, ...more) => void turns.set(place, [...(turns.get(place) ?? []), ...more]),
    whenAsked: (place) =>
      new Promise((heard) => {
        listeners.push({ place, heard })
      }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
