import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { onTestFinished } from 'vitest'
import { cert, key } from '../../../../tooling/channels/certificate.ts'

export interface Running {
  /** `http://127.0.0.1:1234` */
  readonly origin: string
  readonly port: number
  /** Everything that clients have written to it. */
  readonly seen: () => string
}

const running = async (server: Server | HttpServer, seen: () => string): Promise<Running> => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((closed) => server.close(closed))
  })
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, port, seen }
}

/** A server that does with its connections what it likes; it ends with the test. */
export const socketServer = (onConnection: (socket: Socket) => void): Promise<Running> => {
  let seen = ''
  const server = createServer((socket) => {
    socket.on('data', (bytes) => {
      seen += bytes.toString('latin1')
    })
    onConnection(socket)
  })
  return running(server, () => seen)
}

/** A server that speaks HTTP; it ends with the test. `seen` has a line a request, with its headers. */
export const httpServer = (listener: RequestListener): Promise<Running> => {
  let seen = ''
  const server = createHttpServer((request, response) => {
    seen += `${request.method} ${request.url} ${JSON.stringify(request.headers)}\n`
    listener(request, response)
  })
  return running(server, () => seen)
}

/** A server with a certificate that it has signed itself; it ends with the test. `seen` is what was said under it. */
export const tlsServer = async (): Promise<Running> => {
  let seen = ''
  const server = createTlsServer({ cert, key }, (socket) => {
    socket.on('data', (bytes) => {
      seen += bytes.toString('latin1')
    })
  })
  const started = await running(server, () => seen)
  return { ...started, origin: `https://127.0.0.1:${started.port}` }
}

/** A port of this machine where nobody listens. */
export const closedPort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
