import type { ChannelCapabilities } from '@guichet/engine/ports'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openShop, value } from './telegraph.ts'

const desk = async (capabilities: Partial<ChannelCapabilities> = { addressedBy: 'phone' }) => {
  const shop = await openShop({ capabilities })
  onTestFinished(() => shop.engine.close())
  const workspace = shop.engine.workspace('shop')
  const as = (agent: string) => workspace.as(agent).conversations
  return { ...shop, workspace, as }
}

const start = { account: 'wire', text: 'your parcel is here' }

describe('a conversation that an agent starts', () => {
  it('reaches a new address, which is a contact from then on', async () => {
    const { engine, as, provider } = await desk()
    const to = { address: '+33 6 12 34 56 78', name: ' Claire ' }
    const done = await value(as('ana').start({ ...start, to, subject: 'Parcel' }))
    expect(done.conversation).toMatchObject({
      address: '+33612345678',
      owner: 'ana',
      status: 'open',
      subject: 'Parcel',
      control: 'team',
    })
    expect(done.entry).toMatchObject({ seq: 1, what: { _tag: 'MessageSent' } })
    await engine.settle()
    expect(provider.wires).toEqual(['your parcel is here'])
    const { items, counts } = await as('ana').list({ tab: 'mine' })
    expect(items).toMatchObject([{ id: done.conversation.id, contact: { name: 'Claire', address: '+33612345678' } }])
    expect(counts).toMatchObject({ mine: 1, unanswered: 0, unassigned: 0 })
  })

  it('G01 is the one that the answer comes to, and that a second start goes to', async () => {
    const { as, post, engine, provider } = await desk()
    const to = { address: '+33612345678' }
    const first = await value(as('ana').start({ ...start, to }))
    await post([
      { _tag: 'MessageReceived', from: { address: '+33612345678' }, parts: [{ _tag: 'Text', text: 'thanks' }] },
    ])
    const again = await value(as('ana').start({ ...start, to, text: 'and one more' }))
    expect(again.conversation).toMatchObject({ id: first.conversation.id, seq: 3 })
    expect((await as('chloe').list({ tab: 'all' })).items).toHaveLength(1)
    await engine.settle()
    expect(provider.wires).toEqual(['your parcel is here', 'and one more'])
  })

  it('G01 at one address by many at once is one conversation', async () => {
    const { as } = await desk()
    const to = { address: '+33612345678' }
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) => as(n % 2 === 0 ? 'ana' : 'ben').start({ ...start, to, text: `${n}` })),
    )
    expect((await as('chloe').list({ tab: 'all' })).items).toHaveLength(1)
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(10)
    expect(outcomes.flatMap((one) => (one.ok ? [] : [one.refusal]))).toEqual(
      Array.from({ length: 10 }, () => ({ _tag: 'AlreadyOwned', owner: 'ana' })),
    )
  })

  it('goes on in what was closed, and anew after what was archived, as it would for who writes', async () => {
    const { as } = await desk()
    const to = { address: '+33612345678' }
    const first = (await value(as('ana').start({ ...start, to }))).conversation.id
    await value(as('ana').close(first))
    expect((await value(as('ana').start({ ...start, to }))).conversation).toMatchObject({ id: first, status: 'open' })
    await value(as('ana').archive(first))
    const next = (await value(as('ana').start({ ...start, to }))).conversation
    expect(next).toMatchObject({ follows: first, owner: 'ana' })
    expect(next.id).not.toBe(first)
    await value(as('ana').spam(next.id))
    expect(await as('ana').start({ ...start, to })).toEqual({ ok: false, refusal: { _tag: 'Spam' } })
  })

  it('is one of several with the same person where the channel has threads', async () => {
    const { as, workspace } = await desk({ threading: 'thread', addressedBy: 'email', cc: true })
    const to = { address: 'Claire@EXAMPLE.org' }
    const first = (await value(as('ana').start({ ...start, to, cc: ['max@example.org'] }))).conversation
    const second = (await value(as('ben').start({ ...start, to: { contact: first.contact } }))).conversation
    expect([first.address, second.address]).toEqual(['Claire@example.org', 'Claire@example.org'])
    expect(second).toMatchObject({ contact: first.contact, owner: 'ben' })
    expect(second.id).not.toBe(first.id)
    const contact = await value(workspace.as('ana').contacts.get(first.contact))
    expect(contact).toMatchObject({ emails: ['Claire@example.org'], provisional: false })
  })

  it('reaches a known contact where she writes from', async () => {
    const { as, write, opened } = await desk({})
    await write('hello')
    const id = await opened()
    const { state } = await value(as('ana').get(id))
    await value(as('ana').archive(id))
    const started = await value(as('ana').start({ ...start, to: { contact: state.contact } }))
    expect(started.conversation).toMatchObject({ address: 'claire', contact: state.contact, follows: id })
  })

  it('is asked for twice with one key and happens once', async () => {
    const { as, engine, provider } = await desk({ threading: 'thread', addressedBy: 'email' })
    const options = { ...start, to: { address: 'claire@example.org' }, idempotencyKey: 'k' }
    const first = await value(as('ana').start(options))
    await value(as('ana').reply(first.conversation.id, { text: 'p.s.' }))
    const again = await value(as('ana').start(options))
    expect([again.conversation, again.entry]).toEqual([first.conversation, first.entry])
    await engine.settle()
    expect(provider.wires).toEqual(['your parcel is here', 'p.s.'])
    expect((await as('chloe').list({ tab: 'all' })).items).toHaveLength(1)
  })

  it.each([
    ['an account that there is not', { account: 'fax' }, { _tag: 'UnknownAccount', account: 'fax' }],
    ['a contact that there is not', { to: { contact: 'nobody' } }, { _tag: 'UnknownContact', contact: 'nobody' }],
    ['nothing to say', { text: ' ' }, { _tag: 'Empty' }],
    ['a box of her own that she has not', { replyTo: 'agent' }, { _tag: 'Unsupported', feature: 'replyTo' }],
    ['copies where there are none', { cc: ['+33611111111'] }, { _tag: 'Unsupported', feature: 'cc' }],
    [
      'an address of another kind',
      { to: { address: 'claire@example.org' } },
      { _tag: 'Invalid', what: 'to', issues: [expect.stringContaining('a number such as +33612345678')] },
    ],
    ['a number without its country', { to: { address: '06 12 34 56 78' } }, { _tag: 'Invalid', what: 'to' }],
  ] as const)('is refused with %s', async (_, over, refusal) => {
    const { as } = await desk()
    const outcome = await as('ana').start({ ...start, to: { address: '+33612345678' }, ...over })
    expect(outcome).toMatchObject({ ok: false, refusal })
    expect((await as('chloe').list({ tab: 'all' })).items).toEqual([])
  })

  it('leaves no file behind when it is refused', async () => {
    const { as, blobs } = await desk()
    const kept = new Set<string>()
    const { put, delete: drop } = blobs
    Object.assign(blobs, {
      put: (workspace: string, key: string, bytes: Uint8Array) => (kept.add(key), put(workspace, key, bytes)),
      delete: (workspace: string, key: string) => (kept.delete(key), drop(workspace, key)),
    })
    const files = [{ name: 'a.txt', mime: 'text/plain', bytes: new Uint8Array([1]) }]
    expect(await as('ana').start({ ...start, to: { contact: 'nobody' }, files })).toMatchObject({ ok: false })
    expect(kept.size).toBe(0)
    await value(as('ana').start({ ...start, to: { address: '+33612345678' }, files }))
    expect(kept.size).toBe(1)
  })

  it('is refused to who does not serve the queue, and to who is not there', async () => {
    const { as, workspace } = await desk()
    await workspace.agents.put({ id: 'dan', name: 'Dan', role: 'agent', queues: [] })
    const to = { address: '+33612345678' }
    expect(await as('dan').start({ ...start, to })).toEqual({
      ok: false,
      refusal: { _tag: 'MayNotReply', agent: 'dan' },
    })
    expect(await as('eve').start({ ...start, to })).toMatchObject({ refusal: { _tag: 'UnknownAgent' } })
  })

  it('does not tell of contacts and conversations that who starts it may not see', async () => {
    const { as, workspace } = await desk()
    await workspace.queues.put({ id: 'safe', name: 'Safe', mode: 'exclusive', claimOnReply: true })
    await workspace.agents.put({ id: 'dan', name: 'Dan', role: 'agent', queues: ['desk'] })
    const to = { address: '+33612345678' }
    const { conversation } = await value(as('ana').start({ ...start, to }))
    await value(as('chloe').transfer(conversation.id, { to: { queue: 'safe' } }))
    expect(await as('dan').start({ ...start, to: { contact: conversation.contact } })).toEqual({
      ok: false,
      refusal: { _tag: 'UnknownContact', contact: conversation.contact },
    })
    expect(await as('dan').start({ ...start, to })).toEqual({
      ok: false,
      refusal: { _tag: 'Forbidden', action: 'start' },
    })
  })

  it('reaches nobody first where addresses are given to those who write', async () => {
    const { as, write } = await desk({})
    expect(await as('ana').start({ ...start, to: { address: 'claire' } })).toEqual({
      ok: false,
      refusal: { _tag: 'NotReachable', account: 'wire' },
    })
    await write('hello')
    expect((await as('ana').start({ ...start, to: { address: 'claire' } })).ok).toBe(true)
  })
})
