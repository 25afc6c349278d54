import type { Engine } from '@guichet/engine'
import { Hono } from 'hono'
import { workspaceId } from './shop.ts'

/** Where providers tell what happens: one address for each account. The engine answers when it is durable. */
export const webhooks = (engine: Engine, url: () => string) =>
  new Hono().all('/webhooks/:account', (c) => {
    const { pathname, search } = new URL(c.req.url)
    // Signatures are over the address that the provider was told, whatever a proxy made of it.
    const request = new Request(new URL(pathname + search, url()), c.req.raw)
    return engine.receive(`${workspaceId}/${c.req.param('account')}`, request)
  })
