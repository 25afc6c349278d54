import { same } from '../../assert.ts'
import type { LoopbackEvent } from '../../channel/loopback-protocol.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, officeOf, refused } from '../office.ts'
import type { Rig } from '../rig.ts'

const hour = 3_600_000

type Status = Extract<LoopbackEvent, { readonly type: 'status' }>

const failed = (id: string, because: NonNullable<Status['because']>): Status => ({
  type: 'status',
  id,
  status: 'failed',
  error: { code: '63016', message: 'as the provider says' },
  because,
})

/** Zoe is answered an hour after she wrote, and the provider has taken it; its id of that. */
const answered = async (rig: Rig, office: Office): Promise<{ readonly id: string; readonly sent: string }> => {
  const id = await office.arrives('phone', message('zoe', 'hello'))
  rig.clock.advance(hour)
  granted(await office.as('ana').reply(id, { text: 'one' }))
  await rig.engine().settle()
  return { id, sent: rig.provider.attempts().at(-1)?.externalId ?? '' }
}

const reasonOf = async (office: Office, id: string): Promise<unknown> => {
  const refusal = refused(await office.as('ana').reply(id, { text: 'two' }))
  return refusal._tag === 'CannotSend' ? refusal.reason : refusal
}

export const failedReportCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G19 a failure that is reported later, as too late or unwanted, is believed as a refused send is, until the customer says otherwise',
    body: async (rig) => {
      for (const because of ['window', 'optedOut'] as const) {
        const office = await rig.office()
        const { id, sent } = await answered(rig, office)
        await office.deliver('phone', failed(sent, because), failed(sent, because))
        same(await reasonOf(office, id), because, 'the next reply')
        rig.clock.advance(1)
        await office.deliver(
          'phone',
          message('zoe', 'start'),
          { type: 'consent', address: 'zoe', given: true, scope: 'all', word: 'START', at: rig.clock.now() },
          failed(sent, because),
        )
        granted(await office.as('ana').reply(id, { text: 'three' }))
        const tags = (await history(office.as('ana'), id)).entries.map(({ what }) => what._tag)
        const noted = because === 'window' ? 'WindowRefused' : 'ConsentChanged'
        same(tags.filter((tag) => tag === noted).length, because === 'window' ? 1 : 2, 'how often the journal says so')
      }
    },
  },
  {
    name: 'G17 a failure that is reported later, as our credentials were refused, holds back the account until somebody acts, and no longer',
    body: async (rig) => {
      const office = await rig.office()
      const { id, sent } = await answered(rig, office)
      await office.deliver('phone', failed(sent, 'auth'))
      granted(await office.as('ana').reply(id, { text: 'two' }))
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['one'], 'what has left')
      const later = officeOf(await rig.restart(), office.id)
      rig.clock.advance(1)
      granted(await later.workspace.accounts.resume('phone'))
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['one', 'two'], 'what has left when somebody had acted')
      await later.deliver('phone', failed(sent, 'auth'))
      granted(await later.as('ana').reply(id, { text: 'three' }))
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['one', 'two', 'three'], 'after the same was told again')
    },
  },
  {
    name: 'G18 why a message failed is heard as well where it is told before the send has returned',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('phone', message('zoe', 'hello'))
      await office.deliver('phone', failed(rig.provider.nextId(), 'optedOut'))
      granted(await office.as('ana').reply(id, { text: 'one' }))
      await rig.engine().settle()
      same(await reasonOf(office, id), 'optedOut', 'the next reply')
    },
  },
]
