import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** One request as a server saw it. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly json?: unknown
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** `hang` never answers; `cut` breaks off in the middle. */
export type Behaviour = (seen: Seen) => Answer | 'hang' | 'cut'

export interface LocalServer {
  readonly url: string
  readonly seen: Array<Seen>
  /** Said in the place of what it would answer, until it is undefined again. */
  instead: Behaviour | undefined
  /** Resolves when a request whose answer hung was given up by who asked. */
  readonly givenUp: () => Promise<void>
  readonly close: () => Promise<void>
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const send = (response: ServerResponse, answer: Answer | 'cut'): void => {
  if (answer === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    response.write('{"transl', () => response.destroy())
    return
  }
  const { status, json, text = JSON.stringify(json), headers = {} } = answer
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(text)
}

/** A server on this machine, on a port of its own. */
export const openServer = async (behaviour: (seen: Seen) => Answer): Promise<LocalServer> => {
  const seen: Array<Seen> = []
  let gone = (): void => undefined
  const given = new Promise<void>((resolve) => {
    gone = resolve
  })
  const server = createServer((request, response) => {
    bodyOf(request).then(
      (body) => {
        const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body }
        seen.push(one)
        const answer = local.instead === undefined ? behaviour(one) : local.instead(one)
        if (answer === 'hang') response.on('close', gone)
        else send(response, answer)
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const local: LocalServer = {
    url: `http://127.0.0.1:${port}`,
    seen,
    instead: undefined,
    givenUp: () => given,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return local
}

/** The same for one test. */
export const serverFor = async (behaviour: (seen: Seen) => Answer): Promise<LocalServer> => {
  const server = await openServer(behaviour)
  onTestFinished(() => server.close())
  return server
}
