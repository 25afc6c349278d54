import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A request as a provider's server saw it. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What the server answers with. */
export interface Answer {
  /** The connection ends before all of it was written. */
  readonly cut?: true
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** What it does in place of an answer: ends the connection when it has read all, or never says a word. */
export type Script = Answer | 'reset' | 'silence'

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
})

export interface Server {
  readonly origin: string
  readonly seen: ReadonlyArray<Seen>
  /** What is done with the next requests, in place of what the provider would. */
  readonly script: (...next: ReadonlyArray<Script>) => void
  /** Resolves when so many requests have been read to their end. */
  readonly read: (count: number) => Promise<void>
}

const readAll = async (request: IncomingMessage): Promise<Seen> => {
  const chunks: Array<Uint8Array> = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

const write = (response: ServerResponse, { status, headers, body, cut }: Answer): void => {
  response.writeHead(status, { ...headers, ...(cut === true ? { 'content-length': '10000' } : {}) })
  if (cut === true) response.write(body, () => response.socket?.destroy())
  else response.end(body)
}

/** A server of a provider on this machine; it ends with the test. */
export const openServer = async (handle: (seen: Seen, server: Server) => Answer): Promise<Server> => {
  const seen: Array<Seen> = []
  const scripted: Array<Script> = []
  const waiting: Array<{ readonly count: number; readonly resolve: () => void }> = []
  const server = createServer((request, response) => {
    void readAll(request).then((one) => {
      seen.push(one)
      for (const { count, resolve } of waiting) if (seen.length >= count) resolve()
      const next = scripted.shift() ?? handle(one, opened)
      if (next === 'reset') request.socket.destroy()
      else if (next !== 'silence') write(response, next)
    })
  })
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })
  const opened: Server = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    script: (...next) => void scripted.push(...next),
    read: (count) =>
      new Promise((resolve) => {
        if (seen.length >= count) resolve()
        else waiting.push({ count, resolve })
      }),
  }
  return opened
}
