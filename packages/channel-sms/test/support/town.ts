import type { Storage, WireRequest } from '@guichet/engine/ports'
import { expect } from 'vitest'
import { openDesk } from '../../../../tooling/channels/desk.ts'
import { now, type Provider } from './provider.ts'
import { openServer } from './server.ts'

/** As a host hands it to the engine. */
export const asRequest = ({ method, url, headers, body }: WireRequest): Request =>
  new Request(url, { method, headers, ...(method === 'GET' ? {} : { body: Buffer.from(body) }) })

/** A provider's server, an engine, and an account of the one with the other. It is `now`. */
export const town = async (
  provider: Provider,
  channel = provider.channel,
  { storage }: { readonly storage?: Storage } = {},
) => {
  const server = await openServer(provider.handle)
  const desk = await openDesk({ channels: { [channel.name]: channel }, now, storage })
  const settings = provider.settings(server.origin)
  const add = (id: string, more: object = {}): Promise<void> =>
    desk.put({ id, channel: channel.name, settings: { ...settings, ...more } })
  await add('sms')
  const receive = (request: WireRequest, account = 'sms') =>
    desk.engine.receive(`acme/${account}`, asRequest(provider.sign(request)))
  return { ...desk, server, settings, add, receive }
}

/** An account as `verify`, `parse` and `send` get it. */
export const accountOf = async (provider: Provider, origin: string) => {
  const read = await provider.channel.settings['~standard'].validate(provider.settings(origin))
  expect(read.issues).toBeUndefined()
  return { workspace: 'acme', id: 'sms', name: 'SMS', settings: read.issues === undefined ? read.value : undefined }
}
