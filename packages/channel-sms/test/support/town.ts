import { createEngine } from '@guichet/engine'
import { memoryStorage } from '@guichet/engine/memory'
import type { WireRequest } from '@guichet/engine/ports'
import { expect, onTestFinished } from 'vitest'
import type { Provider } from './provider.ts'
import { openServer } from './server.ts'

/** As a host hands it to the engine. */
export const asRequest = ({ method, url, headers, body }: WireRequest): Request =>
  new Request(url, { method, headers, ...(method === 'GET' ? {} : { body: Buffer.from(body) }) })

/** A provider's server, an engine on a memory store, and an account of the one with the other. */
export const town = async (provider: Provider, channel = provider.channel) => {
  const server = await openServer(provider.handle)
  const problems: Array<unknown> = []
  const engine = await createEngine({
    storage: memoryStorage(),
    channels: { [channel.name]: channel },
    onError: (problem) => problems.push(problem),
  })
  onTestFinished(() => engine.close())
  const acme = engine.workspace('acme')
  await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
  await acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['support'] })
  const settings = provider.settings(server.origin)
  const put = await acme.accounts.put({ id: 'sms', channel: channel.name, queue: 'support', settings })
  expect(put).toMatchObject({ ok: true })
  const ana = acme.as('ana')
  const receive = (request: WireRequest) => engine.receive('acme/sms', asRequest(provider.sign(request)))
  const conversations = async () => (await ana.conversations.list({ tab: 'all' })).items
  const messages = async () => {
    const [conversation] = await conversations()
    const timeline = await ana.conversations.timeline(conversation?.id ?? '')
    return timeline.ok ? timeline.value.messages : []
  }
  return { server, engine, acme, ana, settings, problems, receive, conversations, messages }
}

/** An account as `verify`, `parse` and `send` get it. */
export const accountOf = async (provider: Provider, origin: string) => {
  const read = await provider.channel.settings['~standard'].validate(provider.settings(origin))
  expect(read.issues).toBeUndefined()
  return { workspace: 'acme', id: 'sms', name: 'SMS', settings: read.issues === undefined ? read.value : undefined }
}
