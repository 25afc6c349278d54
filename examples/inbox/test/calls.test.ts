import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../server/api/calls.ts'
import { type TestInbox, testInbox } from './inbox.ts'

const names = [
  ...Object.entries(calls).flatMap(([area, methods]) => methods.map((method) => `${area}.${method}`)),
  'report',
]

/** What a page sends that leaves something out, or sends something else instead. */
const left: ReadonlyArray<readonly unknown[]> = [[], [null], [{}], [5, 5], [[], []]]

describe('a call over HTTP with its arguments left out', () => {
  let inbox: TestInbox
  beforeAll(async () => {
    inbox = await testInbox()
  })
  afterAll(() => inbox?.stop())

  const call = (name: string, args: unknown) => inbox.post('/api/call?as=chloe', { call: name, args })

  it.each(names)('%s answers, or says what is missing', async (name) => {
    for (const args of left) {
      const { status, body } = await call(name, args)
      expect([args, status < 500, status < 400 || typeof body.error?._tag === 'string']).toEqual([args, true, true])
    }
  })

  it('a transfer that does not say to whom is refused in words, and goes nowhere', async () => {
    await inbox.mail('Claire Martin <claire@exemple.fr>', 'Colis', 'Où est mon colis ?')
    const { id } = await inbox.newest()
    const before = (await call('conversations.get', [id])).body.value.state
    for (const args of [[id], [id, null], [id, {}], [id, { to: null }], [id, { to: {} }], [id, { to: { agent: 5 } }]]) {
      const { status, body } = await call('conversations.transfer', args)
      expect([status, body.error]).toMatchObject([422, { _tag: 'Invalid', what: 'Transfer' }])
    }
    expect((await call('conversations.get', [id])).body.value.state).toEqual(before)
  })
})
