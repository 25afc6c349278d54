import fc from 'fast-check'
import { manualClock } from '@guichet/engine/memory'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, bodyOf, feedNow, furnish, history, listed, message, officeOf } from '../office.ts'
import { type Fate, fated, mortal } from '../trouble.ts'
import { duplicateOf, stored } from './receipt.ts'

const announced = async (office: Office): Promise<ReadonlyArray<string>> =>
  (await feedNow(office, (options) => office.workspace.feed(options))).flatMap((item) =>
    item._tag === 'Entry' && item.entry.what._tag === 'MessageReceived'
      ? [item.entry.what.message.externalId ?? 'no id']
      : [],
  )

/** Comes again until it is answered 200, as providers do; what it was answered before. */
const insist = async (office: Office, body: string): Promise<ReadonlyArray<number>> => {
  const statuses: Array<number> = []
  for (;;) {
    const { status } = await office.post('chat', body)
    if (status === 200) return statuses
    statuses.push(status)
  }
}

export const onceCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G02 a message that is delivered twice is stored and announced once, and the second gets the answer of the first',
    body: async (rig) => {
      const office = await rig.office()
      const hello = message('zoe', 'hello')
      const [first] = await office.deliver('chat', hello)
      same(await office.deliver('chat', hello, hello), [duplicateOf(first), duplicateOf(first)], 'in one body')
      same(
        await office.deliver('chat', message('zoe', 'other words', { id: 'zoe: hello' })),
        [duplicateOf(first)],
        'by its id',
      )
      await office.as('ana').close(stored(first).conversation)
      same(await office.deliver('chat', hello), [duplicateOf(first)], 'after the conversation was closed')
      same(
        (await listed(office.as('ana'), { tab: 'closed' })).length,
        1,
        'closed conversations: a duplicate reopens none',
      )
      same(await announced(office), ['zoe: hello'], 'announced')
    },
  },
  {
    name: 'G02 a message that is delivered many times at once, to two engines, is stored once and all get one answer',
    body: async (rig) => {
      const office = await rig.office()
      const other = officeOf(await rig.start(), office.id)
      const both = [...Array.from({ length: 20 }, () => office), ...Array.from({ length: 20 }, () => other)]
      const receipts = (await Promise.all(both.map((one) => one.deliver('chat', message('zoe', 'hello'))))).flat()
      const first = receipts.find(({ _tag }) => _tag === 'Stored')
      same(
        receipts.filter((receipt) => receipt !== first),
        Array.from({ length: 39 }, () => duplicateOf(first)),
        'the other answers',
      )
      same(await announced(office), ['zoe: hello'], 'announced')
    },
  },
  {
    name: 'G02 whatever is delivered again, in whatever order, each message is there once',
    body: async (rig) => {
      const engine = rig.engine()
      let workspaces = 0
      const deliveries = fc.array(fc.record({ from: fc.constantFrom('zoe', 'yan'), id: fc.nat(5) }), { maxLength: 20 })
      await fc.assert(
        fc.asyncProperty(fc.array(deliveries, { minLength: 1, maxLength: 4 }), async (bodies) => {
          workspaces += 1
          await furnish(engine, `once-${workspaces}`)
          const office = officeOf(engine, `once-${workspaces}`)
          const said = ({ from, id }: { readonly from: string; readonly id: number }) => message(from, `words ${id}`)
          await Promise.all(bodies.map((body) => office.deliver('chat', ...body.map(said))))
          const found = await listed(office.as('ana'))
          const texts = await Promise.all(
            found.map(async ({ id, contact }) =>
              (await history(office.as('ana'), id)).messages.map(({ text }) => `${contact.address} ${text}`),
            ),
          )
          const expected = new Set(bodies.flat().map(({ from, id }) => `${from} words ${id}`))
          same(texts.flat().sort(), [...expected].sort(), 'the messages')
        }),
        { numRuns: 15 },
      )
    },
  },
  {
    name: 'G03 a new engine on the same store knows what an earlier one received',
    body: async (rig) => {
      const office = await rig.office()
      const [first] = await office.deliver('chat', message('zoe', 'hello'))
      const [nameless] = await office.deliver('chat', {
        type: 'message',
        from: { address: 'yan' },
        text: 'no id',
        at: 5,
      })
      const later = officeOf(await rig.restart(), office.id)
      same(
        await later.deliver('chat', message('zoe', 'hello'), {
          type: 'message',
          from: { address: 'yan' },
          text: 'no id',
          at: 5,
        }),
        [duplicateOf(first), duplicateOf(nameless)],
        'delivered again',
      )
      same(
        await announced(later),
        ['zoe: hello', (await history(later.as('ana'), stored(nameless).conversation)).messages[0]?.externalId],
        'announced',
      )
    },
  },
  {
    // A mailing list rewrites who a mail is from: it comes twice, and nothing but its id collides.
    name: 'G03 mails that two engines receive at once, from one sender here and from another there, are stored once',
    body: async (rig) => {
      const office = await rig.office()
      let about = (): void => undefined
      let go = (): void => undefined
      const deciding = new Promise<void>((resolve) => (about = resolve))
      const gone = new Promise<void>((resolve) => (go = resolve))
      // The slow one has decided, on what it saw, before the quick one has stored anything.
      const storage = fated(rig.store(), (method) => {
        if (method !== 'commit') return 'done'
        about()
        return gone.then(() => 'done')
      })
      const slow = officeOf(await rig.start({ storage }), office.id)
      const mailsFrom = (sender: string) =>
        Array.from({ length: 20 }, (_, n) => message(sender, `mail ${n}`, { id: `mail ${n}` }))
      const second = slow.deliver('mail', ...mailsFrom('zoe by the list'))
      await deciding
      const first = await office.deliver('mail', ...mailsFrom('zoe'))
      go()
      same(await second, first.map(duplicateOf), 'the slow one')
      same((await listed(office.as('ana'))).length, first.length, 'conversations')
    },
  },
  {
    name: 'G03 messages are stored once whatever commit is refused or goes unheard, when the provider comes again',
    body: async (rig) => {
      rig.expect('receive')
      const office = await rig.office()
      const fates = fc.array(fc.constantFrom<Fate>('done', 'refused', 'unheard'), { maxLength: 8 })
      const engine = await rig.start({
        storage: fated(rig.store(), (method) => (method === 'commit' ? (coming.shift() ?? 'done') : 'done')),
      })
      let coming: Array<Fate> = []
      let runs = 0
      await fc.assert(
        fc.asyncProperty(fates, fc.integer({ min: 1, max: 6 }), async (plan, count) => {
          runs += 1
          const at = officeOf(engine, office.id)
          const person = `person ${runs}`
          const texts = Array.from({ length: count }, (_, index) => `words ${index}`)
          coming = [...plan]
          const troubles = await insist(at, bodyOf(texts.map((text) => message(person, text))))
          coming = []
          same([...new Set(troubles)], troubles.length === 0 ? [] : [503], 'what else was answered')
          const mine = (await listed(office.as('ana'))).filter(({ contact }) => contact.address === person)
          same(mine.length, 1, 'conversations')
          const { messages } = await history(office.as('ana'), mine[0]?.id ?? '')
          same(
            messages.map(({ text }) => text),
            texts,
            'the messages by seq',
          )
        }),
        { numRuns: 30 },
      )
    },
  },
  ...(['refused', 'unheard'] as const).map((fate): GuaranteeCase => {
    const when = fate === 'refused' ? 'before' : 'just after'
    return {
      name: `G03 a process that dies ${when} any one of its writes has lost and doubled nothing when all is delivered again`,
      body: async (rig) => {
        rig.expect('receive', 'work', 'search index')
        const office = await rig.office()
        const other = officeOf(await rig.start({ clock: manualClock(rig.clock.now()) }), office.id)
        const picture = { name: 'a.png', mime: 'image/png', bytes: 'AAEC' }
        let deaths = 0
        for (let at = 1, alive = false; !alive; at += 1) {
          const person = `person ${at}`
          const body = bodyOf([
            message(person, 'one', { files: [picture] }),
            message(person, 'two'),
            { type: 'edit', id: `${person}: two`, text: 'deux' },
            message(person, 'three'),
          ])
          let armed = false
          const { storage, died } = mortal(rig.store(), { at, fate }, () => armed)
          const engine = await rig.start({ storage, clock: manualClock(rig.clock.now()) })
          const dying = officeOf(engine, office.id)
          await dying.workspace.queues.list()
          armed = true
          const { status } = await dying.post('chat', body)
          await engine.close()
          // Dead, or alive and answered; what it was doing besides may have killed it after the answer.
          assert(status === 200 || (status === 503 && died()), `answered ${status}`)
          deaths += status === 503 ? 1 : 0
          await insist(other, body)
          const mine = (await listed(other.as('ana'))).filter(({ contact }) => contact.address === person)
          same(mine.length, 1, 'conversations')
          const { messages } = await history(other.as('ana'), mine[0]?.id ?? '')
          same(
            messages.map(({ text }) => text),
            ['one', 'deux', 'three'],
            `the messages after death at call ${at}`,
          )
          alive = !died()
        }
        assert(deaths >= 3, `it died ${deaths} times before it had answered`)
      },
    }
  }),
]
