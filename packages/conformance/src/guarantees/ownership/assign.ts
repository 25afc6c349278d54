import fc from 'fast-check'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, message, refused } from '../office.ts'
import { acts, agents } from './acts.ts'

/** Who serves which queue; a manager serves all. */
const serves = (agent: string | null, queue: string | null): boolean =>
  agent === 'mia' || (agent === 'dan' ? queue === 'calm' : queue === 'desk' || queue === 'vault')

export const assignCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G30 nobody is assigned who could not answer there, nor anybody who is not there',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      const ana = office.as('ana')
      const not = (agent: string) => ({ _tag: 'MayNotReply', agent })
      same(refused(await ana.assign(id, { agents: ['ben', 'dan'] })), not('dan'), 'assigned together')
      same(refused(await ana.transfer(id, { to: { agent: 'dan' } })), not('dan'), 'transferred to')
      same(refused(await ana.assign(id, { agents: ['nobody'] })), { _tag: 'UnknownAgent', agent: 'nobody' }, 'unknown')
      same(refused(await ana.transfer(id, { to: { queue: 'x' } })), { _tag: 'UnknownQueue', queue: 'x' }, 'to no queue')
      same(granted(await ana.get(id)).state.assignees, [], 'assignees')
      granted(await ana.transfer(id, { to: { queue: 'calm' } }))
      granted(await office.as('mia').transfer(id, { to: { agent: 'dan' } }))
      granted(await office.as('dan').reply(id, { text: 'bonjour' }))
    },
  },
  {
    name: 'G30 whatever is done, a conversation has a queue that exists, and its owner and assignees serve it or were invited',
    body: async (rig) => {
      const office = await rig.office()
      let runs = 0
      const steps = fc.array(fc.tuple(fc.constantFrom(...agents), acts), { minLength: 1, maxLength: 14 })
      const accounts = fc.constantFrom('chat', 'vault', 'calm')
      await fc.assert(
        fc.asyncProperty(accounts, steps, async (account, plan) => {
          runs += 1
          const id = await office.arrives(account, message(`person ${runs}`, 'hello'))
          const did: Array<string> = []
          const invited = new Set<string>()
          for (const [agent, { name, run: act }] of plan) {
            const before = granted(await office.as('mia').get(id))
            const outcome = await act(office.as(agent), id)
            did.push(`${agent} ${name}${outcome.ok ? '' : ` (${outcome.refusal._tag})`}`)
            const after = granted(await office.as('mia').get(id))
            if (!outcome.ok) same(after, before, `what a refusal changed: ${did.join(', ')}`)
            const { queue, owner, state } = after
            for (const one of state.participants) invited.add(one)
            const mayAnswer = (one: string): boolean => serves(one, queue) || invited.has(one)
            const told = `${did.join(', ')}: ${JSON.stringify({ queue, owner, assignees: state.assignees })}`
            assert(queue === 'desk' || queue === 'vault' || queue === 'calm', `no queue after ${told}`)
            assert(owner === null || mayAnswer(owner), `an owner who may not answer after ${told}`)
            assert(owner === null || state.assignees.includes(owner), `an owner who is not assigned after ${told}`)
            assert(state.assignees.every(mayAnswer), `an assignee who may not answer after ${told}`)
          }
        }),
        { numRuns: 40 },
      )
    },
  },
]
