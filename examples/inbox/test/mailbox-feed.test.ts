import { getEventListeners } from 'node:events'
import { expect, it } from 'vitest'
import { openMailbox } from '../server/mailbox/mailbox.ts'
import { mailboxRoutes } from '../server/mailbox/routes.ts'
import { openMailStore } from '../server/mailbox/store.ts'

it('pages that follow a mailbox leave nothing behind with the server, and end with it', async () => {
  const store = openMailStore(':memory:')
  const stopping = new AbortController()
  const mailbox = openMailbox({ store, smtp: () => ({ host: '127.0.0.1', port: 0 }) })
  const routes = mailboxRoutes(mailbox, stopping.signal)
  const follow = async () => {
    const reader = (await routes.request('/feed')).body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('event: ready')
    return reader
  }
  // Ten listeners are what a signal takes for a leak.
  for (let pages = 0; pages < 12; pages += 1) await (await follow())?.cancel()
  const last = await follow()
  expect(getEventListeners(stopping.signal, 'abort')).toEqual([])
  stopping.abort()
  expect((await last?.read())?.done).toBe(true)
  store.close()
})
