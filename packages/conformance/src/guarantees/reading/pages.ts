import fc from 'fast-check'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, listed, message, officeOf } from '../office.ts'
import type { Rig } from '../rig.ts'

/** What something costs the store: what no clock can tell apart from noise. */
const costOf = async (
  rig: Rig,
  ask: () => Promise<unknown>,
): Promise<{ readonly statements: number; readonly rows: number }> => {
  const before = rig.store().stats()
  await ask()
  const after = rig.store().stats()
  return { statements: after.statements - before.statements, rows: after.rows - before.rows }
}

/** One after the other, as life has it. */
const fillSlowly = async (rig: Rig, office: Office, from: number, to: number): Promise<void> => {
  for (let n = from; n < to; n += 1) {
    rig.clock.advance(1)
    await fill(office, 'chat', n, n + 1)
  }
}

const fill = async (office: Office, account: string, from: number, to: number): Promise<void> => {
  const people = Array.from({ length: to - from }, (_, n) => message(`person ${from + n}`, 'hello'))
  await office.deliver(account, ...people)
}

export const pageCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G44 pages are complete and without doubles, also for conversations of the same instant',
    body: async (rig) => {
      const office = await rig.office()
      await fill(office, 'chat', 0, 60)
      rig.clock.advance(1_000)
      await fill(office, 'chat', 60, 80)
      const whole = await listed(office.as('ana'))
      same(whole.length, 80, 'conversations')
      for (const limit of [1, 7, 20, 79, 80, 81]) {
        const paged = await listed(office.as('ana'), { limit })
        same(
          paged.map(({ id }) => id),
          whole.map(({ id }) => id),
          `pages of ${limit}`,
        )
      }
      const times = whole.map(({ lastActivity }) => lastActivity)
      same(
        times,
        times.toSorted((a, b) => b - a),
        'newest activity first',
      )
      same((await office.as('ana').list({ after: 'not a position of ours', limit: 3 })).items.length, 3, 'nonsense')
    },
  },
  {
    name: 'G44 while conversations move, none comes twice and each that stayed comes once',
    body: async (rig) => {
      const steps = fc.array(
        fc.record({ limit: fc.integer({ min: 1, max: 5 }), moves: fc.array(fc.nat(15), { maxLength: 3 }) }),
        { minLength: 1, maxLength: 20 },
      )
      await fc.assert(
        fc.asyncProperty(steps, async (plan) => {
          const office = await rig.office()
          await fill(office, 'chat', 0, 8)
          rig.clock.advance(10)
          await fill(office, 'chat', 8, 16)
          const all = (await listed(office.as('ana'))).map(({ contact }) => contact.address)
          const moved = new Set<string>()
          const seen: Array<string> = []
          let after: string | null = null
          for (let n = 0; n === 0 || after !== null; n += 1) {
            const { limit, moves } = plan[n % plan.length] ?? { limit: 5, moves: [] }
            const page = await office.as('ana').list({ limit, ...(after === null ? {} : { after }) })
            seen.push(...page.items.map(({ contact }) => contact.address))
            after = page.next
            // Both a later and the same instant as what is there: only the first moves it.
            for (const number of n < 12 ? moves : []) {
              if (number % 2 === 0) rig.clock.advance(5)
              await office.deliver('chat', message(`person ${number}`, `again ${n}`))
              moved.add(`person ${number}`)
            }
          }
          same(seen.length, new Set(seen).size, `doubles in ${seen.join(', ')}`)
          const missing = all.filter((person) => !seen.includes(person) && !moved.has(person))
          same(missing, [], 'what stayed and did not come')
          // What moved before it came stands at the top of a fresh list.
          const top = (await listed(office.as('ana'))).map(({ contact }) => contact.address)
          same(top.toSorted(), all.toSorted(), 'a fresh list')
        }),
        { numRuns: 15 },
      )
    },
  },
  {
    name: 'G44 a page, the next page and the counts cost the same with ten times as many conversations',
    body: async (rig) => {
      const office = await rig.office()
      const ana = office.as('ana')
      const measure = async () => {
        const first = await ana.list({ tab: 'open', limit: 20 })
        const deep = await ana.list({ tab: 'open', limit: 20, after: first.next ?? '' })
        assert(first.items.length === 20 && deep.items.length === 20, 'full pages')
        return {
          page: await costOf(rig, () => ana.list({ tab: 'open', limit: 20 })),
          next: await costOf(rig, () => ana.list({ tab: 'open', limit: 20, after: deep.next ?? '' })),
          counts: await costOf(rig, () => ana.counts()),
          one: await costOf(rig, () => ana.get(first.items[0]?.id ?? '')),
        }
      }
      await fillSlowly(rig, office, 0, 80)
      const few = await measure()
      await fillSlowly(rig, office, 80, 800)
      same((await ana.counts()).open, 800, 'conversations')
      same(await measure(), few, 'what it costs')
    },
  },
  {
    name: 'G44 counts are right after any downtime and any number of engines',
    body: async (rig) => {
      const office = await rig.office()
      const other = officeOf(await rig.start(), office.id)
      const ids = await Promise.all(
        Array.from({ length: 30 }, (_, n) =>
          (n % 2 === 0 ? office : other).arrives('chat', message(`person ${n}`, 'hello')),
        ),
      )
      await Promise.all(
        ids.flatMap((id, n) => [
          office.as('ana').claim(id),
          other.as('ben').claim(id),
          (n % 3 === 0 ? office : other).as('mia').close(id),
        ]),
      )
      const check = async (at: Office): Promise<void> => {
        for (const agent of ['ana', 'ben', 'dan', 'mia']) {
          const counts = await at.as(agent).counts()
          for (const tab of ['open', 'mine', 'unassigned', 'unanswered', 'closed', 'all'] as const) {
            same(counts[tab], (await listed(at.as(agent), { tab })).length, `${tab} for ${agent}`)
          }
        }
      }
      await check(office)
      await check(officeOf(await rig.restart(), office.id))
    },
  },
]
