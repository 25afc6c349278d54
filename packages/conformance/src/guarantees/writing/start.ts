import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, listed, message, officeOf } from '../office.ts'

export const startCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G01 conversations that agents start and messages that come in, at one address at once, are one conversation',
    body: async (rig) => {
      const office = await rig.office()
      const engines = [rig.engine(), await rig.start()] as const
      const offices = [office, officeOf(engines[1], office.id)] as const
      for (let round = 0; round < 5; round += 1) {
        const person = `person ${round}`
        const old = await office.arrives('chat', message(person, 'hello'))
        const { contact } = granted(await office.as('mia').get(old)).state
        granted(await office.as('mia').archive(old))
        const begin = (n: number, agent: string) =>
          offices[n % 2 === 0 ? 0 : 1].as(agent).start({ account: 'chat', to: { contact }, text: `from ${agent}` })
        const [outcomes] = await Promise.all([
          Promise.all(['ana', 'ben', 'cleo', 'mia'].map((agent, n) => begin(n, agent))),
          office.deliver('chat', message(person, 'again')),
          offices[1].deliver('chat', message(person, 'and again')),
        ])
        const mine = (await listed(office.as('mia'))).filter((one) => one.contact.id === contact)
        same(mine.map(({ status }) => status).sort(), ['archived', 'open'], 'the conversations of this person')
        const open = mine.find(({ status }) => status === 'open')?.id
        const places = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.conversation.id] : []))
        assert(places.length > 0 && places.every((id) => id === open), 'all of them are in the one that is open')
        await Promise.all(offices.map((one) => one.workspace.position()))
        await Promise.all(engines.map((engine) => engine.settle()))
        same(rig.provider.inbox(person).length, places.length, 'what the customer has')
      }
    },
  },
]
