import fc from 'fast-check'
import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, history, message, officeOf, refused } from '../office.ts'

export const conflictCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G32 a command on what has changed meanwhile is refused by type, changes nothing, and loses nothing that was typed',
    body: async (rig) => {
      const office = await rig.office()
      const [ana, ben] = [office.as('ana'), office.as('ben')]
      const id = await office.arrives('chat', message('zoe', 'hello'))
      const seen = granted(await ana.get(id)).version
      granted(await ben.tag(id, { tags: ['urgent'] }))
      const before = granted(await ana.get(id))
      const stale = { expectedVersion: seen }
      const conflict = { _tag: 'Conflict', expected: seen, actual: seen + 1 }
      const file = { name: 'a.png', mime: 'image/png', bytes: Uint8Array.of(1) }
      same(refused(await ana.reply(id, { text: 'a long answer', files: [file], ...stale })), conflict, 'a reply')
      same(refused(await ana.note(id, { text: 'a remark', ...stale })), conflict, 'a note')
      const planned = { text: 'something for tomorrow', at: rig.clock.now() + 1_000, ...stale }
      same(refused(await ben.schedule(id, planned)), conflict, 'a scheduled reply')
      for (const command of ['claim', 'close', 'snooze', 'archive', 'spam'] as const) {
        same(refused(await ana[command](id, stale)), conflict, command)
      }
      same(refused(await ana.rename(id, { title: 'a name', ...stale })), conflict, 'rename')
      same(refused(await ana.transfer(id, { to: { queue: 'calm' }, ...stale })), conflict, 'transfer')
      same(granted(await ana.get(id)), before, 'the conversation')
      await rig.engine().settle()
      same(rig.provider.attempts(), [], 'what was sent')
      same(granted(await ana.draft(id)), 'a long answer', 'her reply')
      same(granted(await ana.draft(id, 'note')), 'a remark', 'her note')
      same(granted(await ben.draft(id)), 'something for tomorrow', 'his reply for later')
      granted(await ana.reply(id, { text: 'a long answer', expectedVersion: before.version }))
      same(granted(await ana.draft(id)), null, 'her reply once it was sent')
    },
  },
  {
    name: 'G32 an answer to what has gone on is refused as unseen, and kept',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      granted(await office.as('ben').note(id, { text: 'no message to the customer' }))
      await office.deliver('chat', message('zoe', 'never mind'))
      const answer = { text: 'bonjour', expectedLastMessage: 1 }
      same(refused(await office.as('ana').reply(id, answer)), { _tag: 'Unseen', expected: 1, actual: 3 }, 'refused')
      same(granted(await office.as('ana').draft(id)), 'bonjour', 'her draft')
      granted(await office.as('ana').reply(id, { ...answer, expectedLastMessage: 3 }))
    },
  },
  {
    name: 'G32 of any commands on one version, through two engines at once, exactly one happens',
    body: async (rig) => {
      const office = await rig.office()
      const offices = [office, officeOf(await rig.start(), office.id)]
      let run = 0
      const agents = fc.array(fc.constantFrom('ana', 'ben', 'cleo', 'mia'), { minLength: 2, maxLength: 8 })
      await fc.assert(
        fc.asyncProperty(agents, async (names) => {
          run += 1
          const id = await office.arrives('chat', message(`person ${run}`, 'hello'))
          const outcomes = await Promise.all(
            names.map((agent, n) =>
              (offices[n % 2] ?? office).as(agent).note(id, { text: `remark ${n}`, expectedVersion: 1 }),
            ),
          )
          const lost = outcomes.filter(({ ok }) => !ok)
          same(lost.length, names.length - 1, 'how many lost')
          for (const outcome of lost) same(refused(outcome), { _tag: 'Conflict', expected: 1, actual: 2 }, 'told')
          same((await history(office.as('ana'), id)).entries.length, 2, 'entries')
        }),
        { numRuns: 15 },
      )
    },
  },
  {
    name: 'G32 the same command again under its key happens once and has the first answer, also at once and after a restart',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      const reply = { text: 'bonjour', idempotencyKey: 'the first' }
      const outcomes = await Promise.all([1, 2, 3].map(() => office.as('ana').reply(id, reply)))
      same(
        outcomes.map((outcome) => granted(outcome).entry?.seq),
        [2, 2, 2],
        'the entries',
      )
      const later = officeOf(await rig.restart(), office.id)
      same(granted(await later.as('ana').reply(id, reply)).entry?.seq, 2, 'after a restart')
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['bonjour'], 'what the customer has')
    },
  },
]
