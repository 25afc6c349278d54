import type { Receipt } from '@guichet/engine/ports'
import fc from 'fast-check'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, bodyOf, history, listed, message, officeOf, receiptsOf } from '../office.ts'
import { fated } from '../trouble.ts'

const tags = (receipts: ReadonlyArray<Receipt>): ReadonlyArray<string> => receipts.map(({ _tag }) => _tag)

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)

/** What an event is, and how it has to end. */
interface Trial {
  readonly event: unknown
  readonly ends: Receipt['_tag']
}

/** Every way in which one event can end, and what outsiders may make of one; `n` keeps them apart. */
const trialOf = (kind: number, n: number): Trial => {
  switch (kind) {
    case 0:
      return { event: message('zoe', `words ${n}`), ends: 'Stored' }
    case 1:
      return { event: message('zoe', 'seen before', { id: 'known' }), ends: 'Duplicate' }
    case 2:
      return { event: message('zoe', '   ', { id: `blank ${n}` }), ends: 'Rejected' }
    case 3:
      return { event: message(' ', 'from nobody', { id: `nobody ${n}` }), ends: 'Rejected' }
    case 4:
      return { event: { type: 'sticker', number: n }, ends: 'Quarantined' }
    case 5:
      return { event: { ...message('zoe', 'x'), at: 'yesterday', number: n }, ends: 'Quarantined' }
    case 6:
      return { event: { type: 'echo', id: `echo ${n}` }, ends: 'Ignored' }
    case 7:
      return { event: { type: 'status', id: `later ${n}`, status: 'read' }, ends: 'Applied' }
    case 8:
      return { event: n % 2 === 0 ? null : [n, { type: 'message' }], ends: 'Quarantined' }
    default:
      return { event: { type: 'end', address: `stranger ${n}` }, ends: 'Ignored' }
  }
}

const trials = fc
  .array(fc.nat(9), { minLength: 1, maxLength: 12 })
  .map((kinds) => kinds.map((kind, n) => ({ kind, n })))

export const receiptCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G06 every event of a delivery ends as exactly one receipt, and what is quarantined is kept byte for byte',
    body: async (rig) => {
      let office = await rig.office()
      await office.deliver('chat', message('zoe', 'seen before', { id: 'known' }))
      let run = 0
      await fc.assert(
        fc.asyncProperty(trials, async (plan) => {
          run += 1
          const set = plan.map(({ kind, n }) => trialOf(kind, run * 100 + n))
          const before = new Set((await office.workspace.quarantine.list()).map(({ id }) => id))
          const receipts = await receiptsOf(await office.post('chat', bodyOf(set.map(({ event }) => event))))
          same(
            tags(receipts),
            set.map(({ ends }) => ends),
            'the receipts',
          )
          const kept = new Map((await office.workspace.quarantine.list()).map((one) => [one.id, one]))
          receipts.forEach((receipt, index) => {
            if (receipt._tag === 'Rejected') assert(receipt.reason !== '', 'rejected without a reason')
            if (receipt._tag !== 'Quarantined') return
            const one = kept.get(receipt.id)
            same(text(one?.raw), JSON.stringify(set[index]?.event), 'the kept bytes')
            same([one?.account, one?.reason], ['chat', receipt.reason], 'what is kept with them')
          })
          same(
            kept.size - before.size,
            receipts.filter(({ _tag }) => _tag === 'Quarantined').length,
            'how many more are kept',
          )
        }),
        { numRuns: 20 },
      )
      const kept = (await office.workspace.quarantine.list()).map(({ id, raw }) => [id, text(raw)])
      office = officeOf(await rig.restart(), office.id)
      same(
        (await office.workspace.quarantine.list()).map(({ id, raw }) => [id, text(raw)]),
        kept,
        'what is kept after a restart',
      )
    },
  },
  {
    name: 'G06 a body that is no message at all is kept whole, and whoever did not sign it leaves nothing',
    body: async (rig) => {
      rig.expect('parse')
      const office = await rig.office()
      const bodies = [Uint8Array.of(0, 255, 254, 10), new TextEncoder().encode('{"events": ['), new Uint8Array()]
      for (const body of bodies) {
        const [receipt] = await receiptsOf(await office.post('chat', body))
        assert(receipt?._tag === 'Quarantined', `ended as ${receipt?._tag}`)
        const kept = (await office.workspace.quarantine.list()).find(({ id }) => id === receipt.id)
        same([...(kept?.raw ?? [])], [...body], 'the kept bytes')
      }
      for (const signature of ['', 'ab', 'f'.repeat(64)]) {
        const answer = await office.post('chat', bodyOf([message('mallory', 'let me in')]), signature)
        same(answer.status, 401, 'unsigned')
      }
      same((await office.post('nowhere', bodyOf([]))).status, 404, 'an account that is not there')
      same((await office.workspace.quarantine.list()).length, bodies.length, 'kept')
      same(await listed(office.as('mia')), [], 'conversations')
    },
  },
  {
    name: 'G06 what was quarantined is replayed from its bytes, once, when the channel has learnt to read it',
    body: async (rig) => {
      rig.expect('parse', 'ingest')
      const { chat } = rig.channels
      assert(chat !== undefined, 'there is a chat channel')
      const office = await rig.office()
      const body = bodyOf([message('zoe', 'one'), message('zoe', 'two')])
      const parse = (): never => {
        throw new Error('a version that cannot read this')
      }
      const unable = officeOf(await rig.restart({ channels: { ...rig.channels, chat: { ...chat, parse } } }), office.id)
      const [receipt] = await receiptsOf(await unable.post('chat', body))
      assert(receipt?._tag === 'Quarantined', `ended as ${receipt?._tag}`)
      const still = await unable.workspace.quarantine.replay(receipt.id)
      same(still.ok ? tags(still.value) : still, ['Quarantined'], 'replayed too early')
      const [again, ...others] = await unable.workspace.quarantine.list()
      same(others, [], 'one stays')

      const able = officeOf(await rig.restart(), office.id)
      const replays = await Promise.all([1, 2].map(() => able.workspace.quarantine.replay(again?.id ?? '')))
      const ends = replays.flatMap((replay) => (replay.ok ? tags(replay.value) : [replay.refusal._tag]))
      same(ends.filter((end) => end === 'Stored').length, 2, `stored by two replays at once (${ends.join(', ')})`)
      same(await able.workspace.quarantine.list(), [], 'what stays')
      const [conversation] = await listed(able.as('ana'))
      same(
        (await history(able.as('ana'), conversation?.id ?? '')).messages.map((one) => one.text),
        ['one', 'two'],
        'the messages',
      )
      same((await able.workspace.quarantine.replay(again?.id ?? '')).ok, false, 'replayed once more')
    },
  },
  {
    name: 'G06 an event that a channel makes no sense of is set aside and can be replayed like any other',
    body: async (rig) => {
      rig.expect('ingest')
      const { chat } = rig.channels
      assert(chat !== undefined, 'there is a chat channel')
      const office = await rig.office()
      // A channel without types that leaves out what every message has.
      const broken = { ...chat, parse: () => [{ _tag: 'MessageReceived', from: { address: 'zoe' } }] as never }
      const at = officeOf(await rig.restart({ channels: { ...rig.channels, chat: broken } }), office.id)
      const [receipt] = await at.deliver('chat', message('zoe', 'hello'))
      assert(receipt?._tag === 'Quarantined', `ended as ${receipt?._tag}`)
      const later = officeOf(await rig.restart(), office.id)
      const replay = await later.workspace.quarantine.replay(receipt.id)
      same(replay.ok ? tags(replay.value) : replay, ['Quarantined'], 'it makes no sense now either')
      same((await later.workspace.quarantine.list()).length, 1, 'what stays')
    },
  },
  {
    name: 'G06 an event that could not be handled is set aside, costs the others nothing, and is stored when it is replayed',
    body: async (rig) => {
      rig.expect('ingest')
      const office = await rig.office()
      let broken = false
      let made = 0
      // Whoever makes the ids fails once, in the middle of a decision.
      const next = (): string => {
        if (broken) {
          broken = false
          throw new Error('no id today')
        }
        made += 1
        return `0190a000-0000-7000-8000-${made.toString(16).padStart(12, '0')}`
      }
      const at = officeOf(await rig.start({ ids: { next } }), office.id)
      broken = true
      const receipts = await at.deliver('chat', message('zoe', 'one'), message('yan', 'un'))
      same(tags(receipts).toSorted(), ['Quarantined', 'Stored'], 'receipts')
      const [kept, ...others] = await office.workspace.quarantine.list()
      same(others, [], 'what else is kept')
      const replay = await office.workspace.quarantine.replay(kept?.id ?? '')
      same(replay.ok ? tags(replay.value) : replay, ['Stored'], 'replayed')
      same(await office.workspace.quarantine.list(), [], 'what stays')
      same((await listed(office.as('ana'))).map(({ preview }) => preview).sort(), ['one', 'un'], 'conversations')
    },
  },
  {
    name: 'G06 while the store is down nothing is acknowledged, and everything is there once it is back',
    body: async (rig) => {
      rig.expect('receive', 'work')
      const office = await rig.office()
      let down: 'no' | 'commits' | 'everything' = 'no'
      const engine = await rig.start({
        storage: fated(rig.store(), (method) =>
          down === 'everything' || (down === 'commits' && method === 'commit') ? 'refused' : 'done',
        ),
      })
      const at: Office = officeOf(engine, office.id)
      await at.deliver('chat', message('zoe', 'before'))
      const bodies = [
        bodyOf([message('zoe', 'one'), message('yan', 'two')]),
        bodyOf([{ type: 'sticker' }]),
        bodyOf([{ type: 'status', id: 'unknown', status: 'read' }]),
        bodyOf([{ type: 'edit', id: 'zoe: before', text: 'changed' }]),
        bodyOf([{ type: 'end', address: 'zoe' }]),
        'no json',
      ]
      rig.expect('parse')
      for (down of ['commits', 'everything'] as const) {
        for (const body of bodies) {
          const answer = await at.post('chat', body)
          same(answer.status, 503, `with ${down} down, to ${body}`)
          assert(answer.headers.get('retry-after') !== null, 'a 503 says when to come again')
        }
      }
      down = 'no'
      const [conversation, ...others] = await listed(office.as('ana'))
      same(others, [], 'conversations that were never acknowledged')
      const read = async () => (await history(office.as('ana'), conversation?.id ?? '')).messages.map((one) => one.text)
      same(await read(), ['before'], 'messages')
      same(await office.workspace.quarantine.list(), [], 'quarantine')
      for (const body of bodies) same((await at.post('chat', body)).status, 200, `back up, to ${body}`)
      same(await read(), ['changed', 'one'], 'messages')
      same((await office.workspace.quarantine.list()).length, 2, 'quarantine')
    },
  },
  {
    name: 'G07 one webhook with many events yields all of them in order, wherever the bad ones stand among them',
    body: async (rig) => {
      const office = await rig.office()
      let run = 0
      await fc.assert(
        fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 15 }), async (good) => {
          run += 1
          const person = `person ${run}`
          const events = good.map((fine, n) => (fine ? message(person, `words ${n}`) : trialOf(4 + (n % 2), n).event))
          const receipts = await receiptsOf(await office.post('chat', bodyOf(events)))
          same(
            tags(receipts),
            good.map((fine) => (fine ? 'Stored' : 'Quarantined')),
            'the receipts',
          )
          const mine = (await listed(office.as('ana'))).find(({ contact }) => contact.address === person)
          const expected = good.flatMap((fine, n) => (fine ? [`words ${n}`] : []))
          const found =
            mine === undefined ? [] : (await history(office.as('ana'), mine.id)).messages.map((one) => one.text)
          same(found, expected, 'the messages by seq')
        }),
        { numRuns: 20 },
      )
    },
  },
  {
    name: 'G07 messages, changes and reports in one webhook are handled in their order',
    body: async (rig) => {
      const office = await rig.office()
      const receipts = await office.deliver(
        'chat',
        message('zoe', 'one', { id: 'm1' }),
        { type: 'edit', id: 'm1', text: 'one, corrected' },
        message('zoe', 'two', { id: 'm2' }),
        { type: 'delete', id: 'm2' },
        { type: 'end', address: 'zoe' },
        message('zoe', 'three', { id: 'm3' }),
      )
      same(tags(receipts), ['Stored', 'Applied', 'Stored', 'Applied', 'Applied', 'Stored'], 'the receipts')
      const [conversation] = await listed(office.as('ana'), { tab: 'open' })
      const { entries, messages } = await history(office.as('ana'), conversation?.id ?? '')
      same(
        entries.map(({ what }) => what._tag),
        ['MessageReceived', 'MessageEdited', 'MessageReceived', 'MessageDeleted', 'Closed', 'MessageReceived'],
        'the journal',
      )
      same(
        messages.map((one) => [one.text, one.edited, one.deleted]),
        [
          ['one, corrected', true, false],
          ['', false, true],
          ['three', false, false],
        ],
        'the messages',
      )
    },
  },
]
