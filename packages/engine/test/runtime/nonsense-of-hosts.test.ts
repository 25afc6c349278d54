import { describe, expect, it, onTestFinished } from 'vitest'
import { openShop, value } from './telegraph.ts'

/** Whatever a host passes on without looking: what no compiler has seen. */
type Anything = any

const desk = async () => {
  const shop = await openShop()
  onTestFinished(() => shop.engine.close())
  const house = shop.engine.workspace('shop')
  await shop.write('hello', { externalId: 'first' })
  const id = await shop.opened()
  const boss = house.as('chloe')
  const whole = async () => JSON.stringify((await value(boss.conversations.get(id))).state)
  return { ...shop, house, boss, id, whole }
}

const long = 'x'.repeat(1_000_000)

const commands: ReadonlyArray<readonly [string, Anything]> = [
  ['setPriority', { priority: 'banana' }],
  ['setPriority', { priority: null }],
  ['flag', { flag: 'banana' }],
  ['unflag', { flag: {} }],
  ['snooze', { until: Number.NaN }],
  ['snooze', { until: Number.POSITIVE_INFINITY }],
  ['snooze', { until: '2030-01-01' }],
  ['tag', { tags: 'vip' }],
  ['tag', { tags: [5] }],
  ['tag', { tags: [long] }],
  ['tag', { tags: Array.from({ length: 10_000 }, (_, at) => `t${at}`) }],
  ['tag', {}],
  ['untag', { tags: null }],
  ['rename', { title: 5 }],
  ['rename', { title: long }],
  ['rename', {}],
  ['setSubject', { subject: {} }],
  ['setSubject', { subject: long }],
  ['assign', { agents: 'ana' }],
  ['assign', { agents: [null] }],
  ['assign', { agents: ['nobody'] }],
  ['assign', {}],
  ['unassign', { agents: null }],
  ['invite', { agents: ['nobody'] }],
  ['invite', { agents: 5 }],
  ['transfer', { to: null }],
  ['transfer', { to: 'ana' }],
  ['transfer', { to: { agent: 5 } }],
  ['transfer', { to: { queue: null } }],
  ['transfer', { to: { department: ['a'] } }],
  ['transfer', { to: { account: {} } }],
  ['transfer', { to: {} }],
  ['transfer', { to: { agent: 'nobody' } }],
  ['transfer', {}],
  ['handOver', { reason: 5 }],
  ['blockBot', { bot: 5 }],
  ['unblockBot', {}],
  ['runBot', { bot: null }],
  ['setAttributes', { attributes: null }],
  ['setAttributes', { attributes: JSON.parse('{"__proto__": "x"}') }],
  ['setTranslation', { translation: 'fr' }],
  ['setTranslation', {}],
  ['deleteMessage', { message: 'x' }],
  ['deleteMessage', { message: Number.NaN }],
  ['react', { message: {}, emoji: 'x' }],
  ['react', { message: 1, emoji: 5 }],
  ['edit', { message: 1.5, text: 'x' }],
  ['edit', { message: 1, text: 5 }],
  ['reply', { text: 5 }],
  ['reply', {}],
  ['reply', { text: 'x', cc: 'zoe@example.org' }],
  ['reply', { text: 'x', cc: [5] }],
  ['reply', { text: 'x', mentions: 'ana' }],
  ['reply', { text: 'x', mentions: ['nobody'] }],
  ['reply', { text: 'x', quote: 'x' }],
  ['reply', { text: 'x', quote: Number.NaN }],
  ['reply', { text: 'x', replyTo: 'banana' }],
  ['reply', { text: 'x', expectedLastMessage: 'x' }],
  ['reply', { text: 'x', expectedVersion: 'x' }],
  ['reply', { text: 'x', parts: [null] }],
  ['reply', { text: 'x', files: 'x' }],
  ['reply', { text: 'x', files: [{ name: 5, mime: 'text/plain', bytes: new Uint8Array(1) }] }],
  ['reply', { text: 'x', files: [{ name: 'a', mime: 'text/plain', bytes: 'x' }] }],
  ['note', { text: 5 }],
  ['note', { text: 'x', mentions: 5 }],
  ['schedule', { text: 'x', at: Number.NaN }],
  ['schedule', { text: 'x', at: Number.POSITIVE_INFINITY }],
  ['schedule', { text: 'x', at: null }],
  ['schedule', { text: 'x', at: 'tomorrow' }],
  ['schedule', { text: 'x', at: 5 }],
  ['schedule', { text: 5, at: 8e15 }],
  ['schedule', { text: 'x', at: 8e15, cc: [5] }],
  ['schedule', { text: 'x', at: 8e15, mentions: ['nobody'] }],
  ['changeSchedule', { schedule: 'x', text: 'x' }],
  ['cancelSchedule', { schedule: null }],
  ['split', { message: 'x' }],
  ['split', { message: Number.NaN }],
  ['merge', { into: null }],
  ['merge', {}],
  ['claim', { expectedVersion: 'x' }],
]

describe('what a host asks of a conversation without having looked at it', () => {
  it.each(commands)('is refused in words by %s, and changes nothing: %j', async (name, options) => {
    const { boss, id, whole, engine, problems } = await desk()
    const before = await whole()
    const methods = boss.conversations as Anything
    const outcome = await methods[name](id, options)
    expect([name, options === undefined, outcome.ok]).toEqual([name, false, false])
    expect(outcome.refusal._tag).toMatch(/^[A-Z][A-Za-z]+$/)
    await engine.settle()
    expect([await whole(), problems]).toEqual([before, []])
  })
})

const settings: ReadonlyArray<readonly [string, Anything]> = [
  ...['agents', 'queues', 'accounts', 'departments', 'hours', 'tags', 'attributes', 'slaPolicies'].flatMap(
    (kind): ReadonlyArray<readonly [string, Anything]> => [
      [kind, null],
      [kind, 'x'],
      [kind, {}],
      [kind, { id: 5 }],
      [kind, { id: 'x', name: 5 }],
      [kind, { id: 'x', name: long }],
    ],
  ),
  ['agents', { id: 'x', name: 'X', role: 'agent' }],
  ['agents', { id: 'x', name: 'X', role: 'agent', queues: 'desk' }],
  ['agents', { id: 'x', name: 'X', role: 'agent', queues: ['desk'], absences: 5 }],
  ['agents', { id: 'x', name: 'X', role: 'agent', queues: ['desk'], absences: [null] }],
  ['agents', { id: 'x', name: 'X', role: 'agent', queues: ['desk'], permissions: 'all' }],
  ['agents', { id: 'x', name: 'X', role: 'agent', queues: ['desk'], capacity: Number.NaN }],
  ['agents', { id: 'x', name: 'X', role: 'agent', queues: ['desk'], email: 5 }],
  ['agents', { id: 'x', name: 'X', role: 'agent', queues: ['desk'], signature: 5 }],
  ['queues', { id: 'x', name: 'X', mode: 'shared', claimOnReply: true, strategy: null }],
  ['queues', { id: 'x', name: 'X', mode: 'shared', claimOnReply: true, strategy: 'RoundRobin' }],
  ['queues', { id: 'x', name: 'X', mode: 'shared', claimOnReply: true, overflow: null }],
  ['queues', { id: 'x', name: 'X', mode: 'shared', claimOnReply: true, outside: 'Move' }],
  ['queues', { id: 'x', name: 'X', mode: 'shared', claimOnReply: true, department: {} }],
  ['accounts', { id: 'x', channel: 'telegraph', queue: 'desk', policy: { closed: 'banana' } }],
  ['accounts', { id: 'x', channel: 'telegraph', queue: 'desk', policy: { closed: { within: 'x' } } }],
  ['accounts', { id: 'x', channel: 'telegraph', queue: 'desk', policy: { spam: 5 } }],
  ['accounts', { id: 'x', channel: 'telegraph', queue: 'desk', policy: { windowReminderMs: -1 } }],
  ['accounts', { id: 'x', channel: 'telegraph', queue: 'desk', policy: { windowReminderMs: 'soon' } }],
  ['accounts', { id: 'x', channel: 'telegraph', queue: 'desk', policy: null }],
  ['accounts', { id: 'x', channel: 'telegraph', queue: 'desk', handover: 5 }],
  ['accounts', { id: 'x', channel: 'telegraph', queue: 'desk', bots: 'porter' }],
  [
    'slaPolicies',
    { id: 'x', name: 'X', when: {}, firstResponse: Number.POSITIVE_INFINITY, nextResponse: null, resolution: null },
  ],
  ['tags', { id: 'x', about: 5, hue: null }],
  ['retention', null],
  ['retention', { closedDays: Number.NaN, spamDays: null, archivedDays: null }],
  ['routing', null],
  ['routing', [null]],
  ['routing', [{ id: 'x', name: 'X', when: { tag: 'vip' }, to: { queue: 'desk' } }]],
]

describe('what a host sets up without having looked at it', () => {
  it.each(settings)('is refused in words by %s: %j', async (kind, given) => {
    const { house, engine } = await desk()
    const outcome = await (house as Anything)[kind].put(given)
    expect([kind, given === undefined, outcome.ok]).toEqual([kind, false, false])
    expect(outcome.refusal._tag).toMatch(/^(Invalid|Unknown[A-Z])/)
    await engine.settle()
  })
})

const others: ReadonlyArray<readonly [string, (session: Anything, id: string) => Promise<Anything>]> = [
  ['a presence', (one) => one.presence.set('banana')],
  ['a presence without end', (one) => one.presence.set('away', Number.POSITIVE_INFINITY)],
  ['a presence until a word', (one) => one.presence.set('away', '2099')],
  ['a device without a name', (one) => one.presence.device(5, 'active')],
  ['a view of nothing', (one) => one.views.put(null)],
  ['a view by a number', (one) => one.views.put({ name: 5, filter: {}, shared: false })],
  ['a template of nothing', (one) => one.templates.put(null)],
  ['a template with a number', (one) => one.templates.put({ title: 'x', text: 5, scope: 'all' })],
  ['a block of nothing', (one) => one.blocks.add(null)],
  ['a block of nobody', (one) => one.blocks.add({ target: null, reason: 'x' })],
  ['a block of a range of a number', (one) => one.blocks.add({ target: { _tag: 'Ip', range: 5 }, reason: 'x' })],
  [
    'a block without end',
    (one) => one.blocks.add({ target: { _tag: 'Identity', address: 'x' }, reason: 'x', until: Infinity }),
  ],
  ['a contact of nothing', (one) => one.contacts.create(null)],
  ['a contact with a number for a name', (one) => one.contacts.create({ name: 5 })],
  ['a contact with __proto__', (one) => one.contacts.create({ custom: JSON.parse('{"__proto__": 5}') })],
  ['a company of nothing', (one) => one.companies.put(null)],
  ['a company of a number', (one) => one.companies.put({ name: 5 })],
  ['a start to nobody', (one) => one.conversations.start({ account: 'wire', to: null, text: 'x' })],
  ['a start nowhere', (one) => one.conversations.start({ account: 5, to: { address: 'x' }, text: 'x' })],
  ['a discussion without a title', (one) => one.conversations.discuss({ title: 5, participants: ['ana'], text: 'x' })],
  ['a discussion with nobody', (one) => one.conversations.discuss({ title: 'x', participants: null, text: 'x' })],
  [
    'a discussion with a stranger',
    (one) => one.conversations.discuss({ title: 'x', participants: ['nobody'], text: 'x' }),
  ],
  ['a discussion of numbers', (one) => one.conversations.discuss({ title: 'x', participants: ['ana'], text: 5 })],
  ['a report of nothing', (one) => one.report({})],
  ['a report of a word', (one) => one.report({ from: 'x', to: 'y', by: 'queue' })],
  ['a draft of a number', (one, id) => one.conversations.saveDraft(id, 5)],
  ['a slash of a number', (one, id) => one.slash.run(id, 5)],
  [
    'a remark of a number',
    async (one, id) => one.contacts.remark((await one.conversations.get(id)).value.contact.id, 5),
  ],
  [
    'a tag renamed to a number',
    async (one) => {
      await one.tags.put({ id: 'vip', about: null, hue: null })
      return one.tags.rename('vip', 5)
    },
  ],
  [
    'a merge of a contact with itself',
    async (one, id) => {
      const { contact } = (await one.conversations.get(id)).value
      return one.contacts.merge(contact.id, { into: contact.id })
    },
  ],
  [
    'a merge into nothing',
    async (one, id) => one.contacts.merge((await one.conversations.get(id)).value.contact.id, {}),
  ],
  [
    'an address verified of nothing',
    async (one, id) => one.contacts.verify((await one.conversations.get(id)).value.contact.id, null),
  ],
]

describe('what a host takes away without having looked at it', () => {
  it.each([null, undefined, 5, {}])('is not there: %j', async (id) => {
    const { house, boss, engine } = await desk()
    const nowhere = { ok: false, refusal: { _tag: 'NotFound' } }
    for (const kind of ['agents', 'queues', 'accounts', 'departments', 'hours', 'tags', 'slaPolicies'] as const) {
      expect(await house[kind].remove(id as Anything)).toEqual(nowhere)
    }
    expect(await boss.tags.remove(id as Anything)).toEqual(nowhere)
    expect(await boss.tags.rename(id as Anything, 'x')).toEqual(nowhere)
    expect(() => engine.workspace(id as Anything)).toThrow('not a workspace id')
  })
})

describe('many conversations at once', () => {
  it('are asked for what one can be asked for, and nothing else', async () => {
    const { boss, id, whole } = await desk()
    const before = await whole()
    for (const command of [
      null,
      { _tag: 'Banana' },
      { _tag: 'MissSla', target: 'resolution' },
      { _tag: 'EndSnooze' },
    ]) {
      const [done] = await boss.conversations.bulk([id], command as Anything)
      expect(done?.outcome).toMatchObject({ ok: false, refusal: { _tag: 'Invalid', what: 'bulk' } })
    }
    expect(await whole()).toBe(before)
  })
})

describe('what somebody asks for without having looked at it', () => {
  it.each(others)('is refused in words: %s', async (_, ask) => {
    const { boss, id, engine } = await desk()
    const outcome = await ask(boss, id)
    expect(outcome.ok).toBe(false)
    expect(outcome.refusal._tag).toMatch(/^[A-Z][A-Za-z]+$/)
    await engine.settle()
  })
})

describe('what a host leaves open', () => {
  it('is as good as absent', async () => {
    const { house, boss, id } = await desk()
    const policy = { closed: undefined, spam: 'new' } as Anything
    const account = await value(house.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', policy }))
    expect(account.policy).toEqual({ pending: 'open', closed: 'reopen', spam: 'new', archived: 'new' })
    const to = { agent: 'ana', queue: undefined } as Anything
    expect((await value(boss.conversations.transfer(id, { to }))).conversation.owner).toBe('ana')
  })
})
