import { manualClock } from '@guichet/engine/memory'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, officeOf, refused } from '../office.ts'
import type { Rig } from '../rig.ts'
import { mortal } from '../trouble.ts'
import { withMessenger } from './messenger.ts'

const hour = 3_600_000
const minute = 60_000
/** Longer than any lease, so that work of a process that died is taken up again. */
const longEnough = 100_000

/** The signs that were put beside a message of the customer, or taken away (null), as the provider heard of them. */
const signs = (rig: Rig, to: string): ReadonlyArray<string | null> =>
  rig.provider.told(to).flatMap((signal) => (signal._tag === 'Reaction' ? [signal.emoji] : []))

const failures = async (office: Office, id: string): Promise<ReadonlyArray<string>> =>
  (await history(office.as('mia'), id)).entries.flatMap(({ what }) =>
    what._tag === 'ReactionFailed' ? [what.error.code] : [],
  )

export const reactionCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G17 a reaction leaves once, for the message that it stands beside, and through a restart',
    body: withMessenger(async (rig, office) => {
      const id = await office.arrives('messenger', message('zoe', 'hello', { id: 'm1' }))
      granted(await office.as('ana').reply(id, { text: 'one' }))
      await rig.engine().settle()
      rig.provider.script('zoe', 'retry')
      granted(await office.as('ana').react(id, { message: 1, emoji: '👍' }))
      await rig.engine().settle()
      same(signs(rig, 'zoe'), [], 'while the provider is busy')
      const later = officeOf(await rig.restart(), office.id)
      rig.clock.advance(minute)
      await rig.engine().settle()
      granted(await later.as('ana').react(id, { message: 2, emoji: '🎉' }))
      await rig.engine().settle()
      const own = rig.provider.attempts().find(({ text }) => text === 'one')
      same(
        rig.provider.told('zoe'),
        [
          { _tag: 'Reaction', to: 'zoe', externalId: 'm1', direction: 'in', emoji: '👍' },
          { _tag: 'Reaction', to: 'zoe', externalId: own?.externalId, direction: 'out', emoji: '🎉' },
        ],
        'what the customer is shown',
      )
    }),
  },
  {
    name: 'G17 of reactions that are changed quickly the last one leaves, also when they are of several people',
    body: withMessenger(async (rig, office) => {
      const id = await office.arrives('messenger', message('zoe', 'hello', { id: 'm1' }))
      rig.provider.script('zoe', 'retry')
      granted(await office.as('mia').react(id, { message: 1, emoji: '👀' }))
      await rig.engine().settle()
      granted(await office.as('ana').react(id, { message: 1, emoji: '👍' }))
      granted(await office.as('ana').react(id, { message: 1, emoji: '🎉' }))
      granted(await office.as('ana').react(id, { message: 1, emoji: null }))
      for (let times = 0; times < 3; times += 1) {
        await rig.engine().settle()
        rig.clock.advance(minute)
      }
      same(signs(rig, 'zoe').at(-1), '👀', 'what she sees of all of ours')
      granted(await office.as('mia').react(id, { message: 1, emoji: null }))
      await rig.engine().settle()
      same(signs(rig, 'zoe').at(-1), null, 'when nobody reacts any more')
    }),
  },
  {
    name: 'G19 a reaction is held to what an answer is, when it is asked for and once more when it leaves',
    body: withMessenger(async (rig, office) => {
      const zoe = await office.arrives('messenger', message('zoe', 'hello', { id: 'z1' }))
      const yan = await office.arrives('messenger', message('yan', 'hello', { id: 'y1' }))
      rig.provider.script('zoe', 'retry')
      granted(await office.as('ana').react(zoe, { message: 1, emoji: '👍' }))
      await rig.engine().settle()
      const consent = { type: 'consent', given: false, scope: 'all', word: 'STOP' } as const
      await office.deliver('messenger', { ...consent, address: 'zoe' }, { ...consent, address: 'yan' })
      const refusal = refused(await office.as('ana').react(yan, { message: 1, emoji: '👍' }))
      same(refusal, { _tag: 'CannotSend', reason: 'optedOut' }, 'who has opted out')
      rig.clock.advance(minute)
      await rig.engine().settle()
      same(rig.provider.told('zoe'), [], 'what left')
      same(await failures(office, zoe), ['optedOut'], 'what became of it')
      const [seen] = (await history(office.as('ana'), zoe)).messages
      same(seen?.reactions[0]?.failed?.code, 'optedOut', 'what colleagues see')
      const late = await office.arrives('messenger', message('xia', 'hello', { id: 'x1' }))
      rig.clock.advance(168 * hour)
      same(
        refused(await office.as('ana').react(late, { message: 1, emoji: '👍' })),
        { _tag: 'CannotSend', reason: 'window' },
        'when the time for an answer is over',
      )
    }),
  },
  {
    name: 'G18 a reaction that its provider refuses is shown to have failed, and stops no message',
    body: withMessenger(async (rig, office) => {
      const id = await office.arrives('messenger', message('zoe', 'hello', { id: 'm1' }))
      rig.provider.script('zoe', 'reject')
      granted(await office.as('ana').react(id, { message: 1, emoji: '👍' }))
      await rig.engine().settle()
      same(await failures(office, id), ['rejected'], 'the journal')
      rig.provider.script('zoe', 'retry')
      granted(await office.as('ana').react(id, { message: 1, emoji: '👍' }))
      await rig.engine().settle()
      granted(await office.as('ana').reply(id, { text: 'one' }))
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['one'], 'what is written meanwhile')
      rig.clock.advance(minute)
      await rig.engine().settle()
      same(signs(rig, 'zoe'), ['👍'], 'what is tried again')
      const [seen] = (await history(office.as('ana'), id)).messages
      same(seen?.reactions, [{ by: { kind: 'agent', id: 'ana' }, emoji: '👍' }], 'what colleagues see')
    }),
  },
  {
    name: 'G18 a reaction that its provider reports later to have failed is shown so once, and its reports wait for nothing',
    body: withMessenger(async (rig, office) => {
      const id = await office.arrives('messenger', message('zoe', 'hello', { id: 'm1' }))
      const failed = { type: 'status', id: rig.provider.nextId(), status: 'failed' } as const
      const late = { ...failed, error: { code: '131047', message: 'too late' } }
      granted(await office.as('ana').react(id, { message: 1, emoji: '👍' }))
      await office.deliver('messenger', late)
      await rig.engine().settle()
      same(await failures(office, id), ['131047'], 'what was heard before the provider had answered')
      const [again] = await office.deliver('messenger', late)
      same(again?._tag, 'Applied', 'what became of it when it was said again')
      const [other] = await office.deliver('messenger', { ...failed, status: 'delivered' })
      same(other?._tag, 'Ignored', 'what became of another report')
      same(await failures(office, id), ['131047'], 'the journal')
      const [seen] = (await history(office.as('ana'), id)).messages
      same(seen?.reactions[0]?.failed?.message, 'too late', 'what colleagues see')
    }),
  },
  {
    name: 'G17 a reaction beside a message that has not left waits for it',
    body: withMessenger(async (rig, office) => {
      const id = await office.arrives('messenger', message('zoe', 'hello', { id: 'm1' }))
      rig.provider.script('zoe', 'retry')
      granted(await office.as('ana').reply(id, { text: 'one' }))
      granted(await office.as('ana').react(id, { message: 2, emoji: '👍' }))
      await rig.engine().settle()
      same(signs(rig, 'zoe'), [], 'before')
      for (let times = 0; times < 3; times += 1) {
        rig.clock.advance(minute)
        await rig.engine().settle()
      }
      same([rig.provider.inbox('zoe'), signs(rig, 'zoe')], [['one'], ['👍']], 'afterwards')
    }),
  },
  {
    name: 'G17 a process that dies at any one of its writes forgets no reaction',
    body: withMessenger(async (rig, office) => {
      rig.expect('work', 'send', 'receive', 'search index')
      const settled = rig.engine()
      for (let at = 1, alive = false; !alive; at += 1) {
        const person = `person ${at}`
        const id = await office.arrives('messenger', message(person, 'hello', { id: `m${at}` }))
        await settled.settle()
        const clock = manualClock(rig.clock.now())
        let armed = false
        const { storage, died } = mortal(rig.store(), { at, fate: at % 2 === 0 ? 'refused' : 'unheard' }, () => armed)
        const engine = await rig.start({ storage, clock })
        armed = true
        const reacted = await officeOf(engine, office.id)
          .as('ana')
          .react(id, { message: 1, emoji: '👍' })
          .then(
            (outcome) => outcome.ok,
            () => false,
          )
        await engine.settle().catch(() => undefined)
        await engine.close()
        const after = manualClock(clock.now() + longEnough)
        const heir = await rig.start({ clock: after })
        for (let times = 0; times < 3; times += 1) {
          await heir.settle()
          after.advance(longEnough)
        }
        await heir.close()
        const heard = signs(rig, person)
        assert(!reacted || heard.length > 0, `dead at call ${at}: a reaction was lost`)
        assert(
          heard.every((one) => one === '👍'),
          `dead at call ${at}: ${JSON.stringify(heard)}`,
        )
        alive = !died()
      }
    }),
  },
]
