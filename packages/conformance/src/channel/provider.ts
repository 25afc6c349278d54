import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ProviderAnswer, ProviderRequest } from './harness.ts'

/** What becomes of a request: an answer, none at all, or a connection that ends when the request has been read. */
export type Fate = ProviderAnswer | 'hangs' | 'resets'

/** A provider on this machine: whatever address a channel asks for, it comes here. */
export interface LocalProvider {
  readonly fetch: typeof globalThis.fetch
  /** How often it was asked, whole requests only. */
  readonly asked: () => number
  /** Resolves when a whole request has come. */
  readonly reached: Promise<void>
}

const read = async (request: IncomingMessage): Promise<ProviderRequest> => {
  const chunks: Array<Uint8Array> = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
  return { method: request.method ?? 'GET', path: request.url ?? '/', headers, body: Buffer.concat(chunks) }
}

const answer = (response: ServerResponse, fate: Fate): void => {
  if (fate === 'hangs') return
  if (fate === 'resets') {
    response.socket?.resetAndDestroy()
    return
  }
  response.writeHead(fate.status, fate.headers).end(fate.body)
}

const redirected =
  (port: number): typeof globalThis.fetch =>
  (input, init) => {
    const asked = new URL(input instanceof Request ? input.url : input)
    const here = `http://127.0.0.1:${port}${asked.pathname}${asked.search}`
    return globalThis.fetch(input instanceof Request ? new Request(here, input) : here, init)
  }

/** Runs a body against a real server, which is gone afterwards whatever still hangs. */
export const withProvider = async <A>(
  fateOf: (request: ProviderRequest) => Fate,
  body: (provider: LocalProvider) => Promise<A>,
): Promise<A> => {
  let asked = 0
  let arrived = (): void => undefined
  const reached = new Promise<void>((resolve) => (arrived = resolve))
  const server = createServer((request, response) => {
    read(request).then(
      (whole) => {
        asked += 1
        arrived()
        answer(response, fateOf(whole))
      },
      () => undefined,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = server.address() as AddressInfo
    return await body({ fetch: redirected(port), asked: () => asked, reached })
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

/** A `fetch` for which nobody listens: the port was given back a moment ago. */
export const unreachable = async (): Promise<typeof globalThis.fetch> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return redirected(port)
}
