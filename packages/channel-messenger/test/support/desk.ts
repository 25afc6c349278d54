import { createEngine, type Engine } from '@guichet/engine'
import { memoryStorage } from '@guichet/engine/memory'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { instagram, messenger } from '../../src/index.ts'
import type { Graph } from './graph.ts'
import { page, pageSettings, requestOf, signed } from './payloads.ts'

/** The engine behind a callback address of its own, where Meta posts to over HTTP. */
export const openDesk = async (graph: Graph, more: { readonly settings?: object } = {}) => {
  const problems: Array<unknown> = []
  const engine: Engine = await createEngine({
    storage: memoryStorage(),
    channels: { messenger: messenger(), instagram: instagram() },
    onError: (problem) => problems.push(problem),
  })
  onTestFinished(() => engine.close())
  const acme = engine.workspace('acme')
  await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
  await acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['support'] })
  const settings = { ...pageSettings, graph: graph.origin, mediaHosts: [graph.origin], ...more.settings }
  const put = await acme.accounts.put({ id: 'shop', channel: 'messenger', queue: 'support', settings })
  expect(put).toMatchObject({ ok: true })

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
  const callback = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  /** Posts a notification as Meta does; what the customer says in it opens the window there. */
  const post = async (body: unknown, { account = 'acme/shop', secret = 'the new secret' } = {}) => {
    const request = signed(requestOf(body), secret)
    const sent = new Uint8Array(request.body)
    const answered = await fetch(`${callback}/${account}`, { method: 'POST', headers: request.headers, body: sent })
    const told: unknown = await answered.json().catch(() => undefined)
    return { status: answered.status, told }
  }

  const ana = acme.as('ana')
  const messages = async (id: string) => {
    const timeline = await ana.conversations.timeline(id)
    return timeline.ok ? timeline.value.messages : []
  }
  const conversations = async () => (await ana.conversations.list({ tab: 'all' })).items
  return { engine, acme, ana, post, messages, conversations, problems, callback, page }
}
