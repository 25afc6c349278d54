import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws'
import type { ClientFrame, ServerFrame } from '../src/protocol/frames.ts'
import { until } from './server.ts'
import { openPage } from './visitor.ts'

/** A server of the test's own, to send what the real one would not. */
const scripted = async (
  script: (frame: ClientFrame, tell: (frame: ServerFrame) => void, socket: ServerSocket) => void,
) => {
  const http = createServer((_, response) =>
    response.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        sessionToken: 's',
        resumeToken: 'r',
        expiresIn: 600_000,
        visitorId: 'v_1',
        seq: 0,
        config: { maxFiles: 3, maxFileBytes: 10, types: [], maxTextLength: 100 },
      }),
    ),
  )
  const sockets = new WebSocketServer({ server: http })
  sockets.on('connection', (socket) =>
    socket.on('message', (data) =>
      script(JSON.parse(String(data)) as ClientFrame, (frame) => socket.send(JSON.stringify(frame)), socket),
    ),
  )
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

const agentSays = (seq: number, prev: number) => ({
  seq,
  prev,
  from: 'agent' as const,
  author: 'Ana',
  text: `#${seq}`,
  files: [],
  at: seq,
})
const welcome = {
  type: 'welcome',
  conversation: 'c1',
  status: 'open',
  seq: 1,
  reset: false,
  changed: [],
  readUpTo: 0,
  more: false,
} as const

describe('what comes in', () => {
  it('with a gap is fetched before it is shown', async () => {
    const asked: Array<ClientFrame> = []
    const server = await scripted((frame, tell) => {
      asked.push(frame)
      if (frame.type === 'hello') {
        tell({ ...welcome, messages: [agentSays(1, 0)] })
        tell({ type: 'message', message: agentSays(9, 5) })
      }
      if (frame.type === 'fetch') tell({ type: 'page', messages: [agentSays(5, 1), agentSays(9, 5)], more: false })
    })
    const one = openPage(server.base)
    one.chat.connect()
    await until(() => one.chat.state.messages.length === 3)
    expect(one.texts()).toEqual(['#1', '#5', '#9'])
    expect(asked.filter((frame) => frame.type === 'fetch')).toEqual([{ type: 'fetch', after: 1 }])
    expect(one.heard.map((message) => message.text)).toEqual(['#5', '#9'])
    one.chat.destroy()
    await server.stop()
  })

  it('twice, late or in any order is shown once, by seq', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 20 }), async (order) => {
        const server = await scripted((frame, tell) => {
          if (frame.type === 'hello') {
            tell({ ...welcome, messages: [] })
            for (const seq of [...order, 6]) tell({ type: 'message', message: agentSays(seq, seq - 1) })
          }
          if (frame.type === 'fetch') {
            const seqs = [1, 2, 3, 4, 5, 6].filter((seq) => seq > frame.after)
            tell({ type: 'page', messages: seqs.map((seq) => agentSays(seq, seq - 1)), more: false })
          }
        })
        const one = openPage(server.base)
        one.chat.connect()
        await until(() => one.chat.state.messages.length === 6)
        expect(one.texts()).toEqual(['#1', '#2', '#3', '#4', '#5', '#6'])
        expect(one.heard.map((message) => message.text).sort()).toEqual(one.texts())
        one.chat.destroy()
        await server.stop()
      }),
      { numRuns: 20 },
    )
  })

  it('typing goes out at most every three seconds, and stops when a message goes', async () => {
    const asked: Array<ClientFrame> = []
    const server = await scripted((frame, tell) => {
      asked.push(frame)
      if (frame.type === 'hello') tell({ ...welcome, messages: [] })
      if (frame.type === 'send') tell({ type: 'sent', clientId: frame.clientId, conversation: 'c1', seq: 1, at: 1 })
    })
    const one = openPage(server.base)
    one.chat.connect()
    await one.online()
    for (let n = 0; n < 10; n += 1) one.chat.typing(true)
    one.chat.typing(false)
    one.chat.send('done')
    await one.settled()
    expect(asked.map((frame) => (frame.type === 'typing' ? frame.on : frame.type))).toEqual([
      'hello',
      true,
      false,
      'send',
    ])
    one.chat.destroy()
    await server.stop()
  })
})
