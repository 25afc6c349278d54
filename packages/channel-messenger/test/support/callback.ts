import type { Engine } from '@guichet/engine'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** The callback address that Meta is given: real HTTP before an engine. Its path is the account. */
export const openCallback = async (engine: Engine): Promise<string> => {
  const server = createServer((request, response) => {
    const chunks: Array<Buffer> = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = 'GET', url = '/', headers } = request
      const account = new URL(url, 'http://desk').pathname.slice(1)
      const body = method === 'GET' ? undefined : new Uint8Array(Buffer.concat(chunks))
      const asked = new Request(`http://desk${url}`, {
        method,
        headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
        ...(body === undefined ? {} : { body }),
      })
      engine.receive(account, asked).then(
        async (answered) => {
          const told = Buffer.from(await answered.arrayBuffer())
          response.writeHead(answered.status, Object.fromEntries(answered.headers)).end(told)
        },
        () => response.destroy(),
      )
    })
  })
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
