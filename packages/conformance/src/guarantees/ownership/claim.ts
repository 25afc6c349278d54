import type { Conversations, Done, Outcome } from '@guichet/engine'
import fc from 'fast-check'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, listed, message, officeOf, refused } from '../office.ts'
import type { Rig } from '../rig.ts'

const racers = ['ana', 'ben', 'cleo', 'mia'] as const

/** Lets everybody do the same at once, by turns through two engines; who won, and what the others were told. */
const race = async (
  rig: Rig,
  office: Office,
  act: (conversations: Conversations, agent: string) => Promise<Outcome<Done>>,
): Promise<{ readonly winner: string; readonly lost: ReadonlyArray<readonly [string, unknown]> }> => {
  const offices = [office, officeOf(await rig.start(), office.id)]
  const outcomes = await Promise.all(
    racers.map(async (agent, n) => {
      const at = offices[n % 2] ?? office
      return [agent, await act(at.as(agent), agent)] as const
    }),
  )
  const won = outcomes.filter(([, outcome]) => outcome.ok)
  same(won.length, 1, 'how many won')
  return {
    winner: won[0]?.[0] ?? '',
    lost: outcomes.flatMap(([agent, outcome]) => (outcome.ok ? [] : [[agent, outcome.refusal] as const])),
  }
}

export const claimCases: ReadonlyArray<GuaranteeCase> = [
  ...(['chat', 'vault'] as const).map((account): GuaranteeCase => {
    const kind = account === 'chat' ? 'a shared' : 'an exclusive'
    return {
      name: `G22 of all who claim at once in ${kind} queue one wins, and the others are told who`,
      body: async (rig) => {
        const office = await rig.office()
        const id = await office.arrives(account, message('zoe', 'hello'))
        const { winner, lost } = await race(rig, office, (conversations) => conversations.claim(id))
        same(
          lost,
          racers.filter((agent) => agent !== winner).map((agent) => [agent, { _tag: 'AlreadyOwned', owner: winner }]),
          'what the others were told',
        )
        same(granted(await office.as('mia').get(id)).owner, winner, 'the owner')
        const { entries } = await history(office.as('mia'), id)
        same(
          entries.map(({ what }) => what._tag),
          ['MessageReceived', 'Claimed'],
          'the journal',
        )
        // Told later again, as somebody who was too slow and tries once more.
        const again = await office.as(lost[0]?.[0] ?? '').claim(id)
        same(refused(again), { _tag: 'AlreadyOwned', owner: winner }, 'asked once more')
      },
    }
  }),
  {
    name: 'G22 conversations that many claim at once each have exactly one owner',
    body: async (rig) => {
      let run = 0
      const plan = fc.array(fc.record({ agent: fc.constantFrom(...racers), conversation: fc.nat(3) }), {
        minLength: 1,
        maxLength: 16,
      })
      const other = await rig.start()
      await fc.assert(
        fc.asyncProperty(plan, fc.constantFrom('chat', 'vault'), async (claims, account) => {
          run += 1
          const office = await rig.office()
          const offices = [office, officeOf(other, office.id)]
          const ids = await Promise.all(
            [0, 1, 2, 3].map((n) => office.arrives(account, message(`person ${n}`, 'hello'))),
          )
          const outcomes = await Promise.all(
            claims.map(async ({ agent, conversation }, n) => ({
              agent,
              id: ids[conversation] ?? '',
              outcome: await (offices[n % 2] ?? office).as(agent).claim(ids[conversation] ?? ''),
            })),
          )
          for (const id of new Set(outcomes.map((one) => one.id))) {
            const about = outcomes.filter((one) => one.id === id)
            const won = about.filter(({ outcome }) => outcome.ok)
            same(won.length, 1, 'how many won')
            const owner = won[0]?.agent
            same(granted(await office.as('mia').get(id)).owner, owner, 'the owner')
            for (const { agent, outcome } of about) {
              if (outcome.ok) continue
              const told = agent === owner ? { _tag: 'NothingToDo' } : { _tag: 'AlreadyOwned', owner }
              same(outcome.refusal, told, `what ${agent} was told`)
            }
          }
        }),
        { numRuns: 12 },
      )
    },
  },
  ...(['chat', 'vault'] as const).map((account): GuaranteeCase => {
    const kind = account === 'chat' ? 'a shared' : 'an exclusive'
    return {
      name: `G29 of simultaneous replies in ${kind} queue the first owns, and each other is refused by name and kept as a draft`,
      body: async (rig) => {
        const office = await rig.office()
        const id = await office.arrives(account, message('zoe', 'hello'))
        const words = (agent: string): string => `${agent} says bonjour`
        const { winner, lost } = await race(rig, office, (conversations, agent) =>
          conversations.reply(id, { text: words(agent) }),
        )
        same(
          lost,
          racers.filter((agent) => agent !== winner).map((agent) => [agent, { _tag: 'AlreadyOwned', owner: winner }]),
          'what the others were told',
        )
        await rig.provider.until(() => rig.provider.inbox('zoe').length > 0)
        await rig.engine().settle()
        same(rig.provider.inbox('zoe'), [words(winner)], 'what the customer has')
        same(granted(await office.as('mia').get(id)).owner, winner, 'the owner')
        for (const agent of racers) {
          const draft = granted(await office.as(agent).draft(id))
          same(draft, agent === winner ? null : words(agent), `the draft of ${agent}`)
        }
      },
    }
  }),
  {
    name: "G29 a draft of a refused reply outlives a restart, is nobody else's, and goes when its words are sent",
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      granted(await office.as('ana').reply(id, { text: 'bonjour' }))
      const file = { name: 'a.png', mime: 'image/png', bytes: Uint8Array.of(1) }
      refused(await office.as('ben').reply(id, { text: 'hello', files: [file] }))
      const later = officeOf(await rig.restart(), office.id)
      same(granted(await later.as('ben').draft(id)), 'hello', 'his draft')
      same(granted(await later.as('ana').draft(id)), null, 'her draft')
      same(granted(await later.as('ben').draft(id, 'note')), null, 'his draft of a note')
      granted(await later.as('ana').invite(id, { agents: ['ben'] }))
      granted(await later.as('ben').reply(id, { text: 'hello' }))
      same(granted(await later.as('ben').draft(id)), null, 'his draft when it was sent')
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['bonjour', 'hello'], 'what the customer has')
    },
  },
  {
    name: 'G29 where answering does not claim, everybody may answer',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('calm', message('zoe', 'hello'))
      granted(await office.as('dan').reply(id, { text: 'one' }))
      granted(await office.as('mia').reply(id, { text: 'two' }))
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['one', 'two'], 'what the customer has')
      const [conversation] = await listed(office.as('dan'))
      assert(conversation?.owner === null, 'somebody owns it')
    },
  },
]
