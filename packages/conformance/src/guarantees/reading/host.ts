import fc from 'fast-check'
import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, listed, message, secret } from '../office.ts'

export const hostCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G51 people and queues have whatever ids their host gives them, and no user table is asked',
    body: async (rig) => {
      const office = await rig.office()
      const names = fc
        .array(fc.constantFrom('a', 'B', 'é', '🦊', ':', '%', '%3A', '/', "'", '"', '\\', ' ', ',', '\n', 'null'), {
          minLength: 1,
          maxLength: 6,
        })
        .map((signs) => signs.join(''))
        .filter((name) => name.trim() !== '')
      let run = 0
      await fc.assert(
        fc.asyncProperty(names, names, async (name, where) => {
          run += 1
          const [agent, queue, account] = [`${name}.${run}`, `${where}.${run}`, `account ${run}`]
          granted(await office.workspace.queues.put({ id: queue, name: 'Any', mode: 'exclusive', claimOnReply: true }))
          granted(await office.workspace.agents.put({ id: agent, name: 'Any', role: 'agent', queues: [queue] }))
          granted(await office.workspace.accounts.put({ id: account, channel: 'chat', queue, settings: { secret } }))
          const id = await office.arrives(account, message('zoe', 'hello'))
          const conversations = office.as(agent)
          same((await conversations.counts()).unassigned, 1, 'unassigned')
          granted(await conversations.reply(id, { text: 'bonjour' }))
          same(
            (await listed(conversations, { tab: 'mine' })).map((one) => one.id),
            [id],
            'mine',
          )
          const { mine, open, unassigned } = await conversations.counts()
          same({ mine, open, unassigned }, { mine: 1, open: 1, unassigned: 0 }, 'counts')
          granted(await conversations.markRead(id))
          same(granted(await conversations.get(id)).unread, 0, 'unread')
          same(granted(await conversations.get(id)).owner, agent, 'owner')
        }),
        { numRuns: 25 },
      )
    },
  },
]
