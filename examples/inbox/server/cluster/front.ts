import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { pipeline } from 'node:stream'
import type { Reachable } from './node.ts'
import { passOn } from './pass-on.ts'
import type { Pool } from './pool.ts'

type Nodes = Pool<Reachable>

/** What may be asked of another process when the first has died over it: it changes nothing (RFC 9110, 9.2.1). */
const isSafe = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD'

const forwardedFor = ({ headers, socket }: IncomingMessage): string =>
  [headers['x-forwarded-for'], socket.remoteAddress].flat().filter(Boolean).join(', ')

/** What is said about one connection and not about what goes over it (RFC 9110, 7.6.1). */
const endToEnd = ({ connection: _, 'keep-alive': __, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders => headers

const forward = (
  asked: IncomingMessage,
  response: ServerResponse,
  host: string,
  [node, ...others]: ReadonlyArray<Reachable>,
): void => {
  if (node === undefined) return void response.writeHead(503, { 'retry-after': '1' }).end()
  const { method, url } = asked
  const headers = { ...endToEnd(asked.headers), connection: 'close', 'x-forwarded-for': forwardedFor(asked) }
  const sent = request({ host, port: node.port, method, path: url, headers, agent: false })
  sent.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers))
    // A stream that breaks off at the back breaks off at the front: whoever reads it comes again.
    pipeline(answer, response, () => {})
  })
  sent.on('error', () => {
    if (response.headersSent) response.destroy()
    else forward(asked, response, host, isSafe(asked) ? others : [])
  })
  response.on('close', () => sent.destroy())
  if (isSafe(asked)) sent.end()
  else asked.pipe(sent)
}

const headOf = ({ method, url, rawHeaders }: IncomingMessage, client: string): string => {
  const lines = [`${method} ${url} HTTP/1.1`, `X-Forwarded-For: ${client}`]
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.toLowerCase() !== 'x-forwarded-for') lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`)
  }
  return `${lines.join('\r\n')}\r\n\r\n`
}

/**
 * One address before all processes. Every request and every socket goes to whoever's turn it is: nobody belongs to a
 * process, so that there is nothing to remember here.
 */
export const webFront = (nodes: Nodes, host: string): Server =>
  createServer((asked, response) => forward(asked, response, host, nodes.inTurn())).on(
    'upgrade',
    (asked: IncomingMessage, socket, head: Buffer) => {
      const begun = Buffer.concat([Buffer.from(headOf(asked, forwardedFor(asked)), 'latin1'), head])
      socket.on('error', () => socket.destroy())
      const ports = nodes.inTurn().map(({ port }) => port)
      passOn(socket, host, ports, begun)
    },
  )

/** The same for mail: a connection goes to whoever's turn it is. */
export const mailFront = (nodes: Nodes, host: string): TcpServer =>
  createTcpServer((socket) => {
    socket.on('error', () => socket.destroy())
    const ports = nodes.inTurn().map(({ smtpPort }) => smtpPort)
    passOn(socket, host, ports)
  })
