import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, officeOf, refused } from '../office.ts'
import { withMessenger } from './messenger.ts'

const minute = 60_000

const elsewhere = async (office: Office, id: string) => granted(await office.as('mia').get(id)).state.elsewhere

const told = async (office: Office, id: string): Promise<ReadonlyArray<string>> =>
  (await history(office.as('mia'), id)).entries.flatMap(({ what }) =>
    what._tag === 'ControlAsked' || what._tag === 'ControlRefused' || what._tag === 'ControlChanged'
      ? [`${what._tag} ${what.ours}`]
      : [],
  )

export const controlCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G17 a conversation that another application has is asked for once, through a restart, and is ours when the provider has said yes',
    body: withMessenger(async (rig, office) => {
      const id = await office.arrives('messenger', message('zoe', 'hello'))
      await office.deliver('messenger', { type: 'control', address: 'zoe', ours: false, by: 'shop' })
      rig.provider.script('zoe', 'retry', 'retry')
      granted(await office.as('ana').takeControl(id))
      granted(await office.as('ben').takeControl(id))
      await rig.engine().settle()
      same(await elsewhere(office, id), { by: 'shop' }, 'before the provider has said yes')
      const later = officeOf(await rig.restart(), office.id)
      for (let times = 0; times < 2; times += 1) {
        rig.clock.advance(minute)
        await rig.engine().settle()
      }
      same(await elsewhere(later, id), null, 'afterwards')
      same(rig.provider.told('zoe'), [{ _tag: 'Control', to: 'zoe', ours: true }], 'what the provider was asked')
      granted(await later.as('ana').reply(id, { text: 'one' }))
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['one'], 'what may be sent then')
      granted(await later.as('ana').passControl(id))
      await rig.engine().settle()
      same(await elsewhere(later, id), { by: null }, 'when it was passed on')
    }),
  },
  {
    name: 'G18 a conversation that the provider does not give back stays where it is, and the journal says why',
    body: withMessenger(async (rig, office) => {
      const id = await office.arrives('messenger', message('zoe', 'hello'))
      await office.deliver('messenger', { type: 'control', address: 'zoe', ours: false, by: 'shop' })
      rig.provider.script('zoe', 'reject')
      granted(await office.as('ana').takeControl(id))
      await rig.engine().settle()
      same(await elsewhere(office, id), { by: 'shop' }, 'who has it')
      same(await told(office, id), ['ControlChanged false', 'ControlAsked true', 'ControlRefused true'], 'the journal')
    }),
  },
  {
    name: 'G19 nobody takes a conversation over who may not answer in it, that is ours, or whose channel cannot ask',
    body: withMessenger(async (rig, office) => {
      const id = await office.arrives('messenger', message('zoe', 'hello'))
      const chat = await office.arrives('chat', message('yan', 'hello'))
      same(refused(await office.as('ana').takeControl(id)), { _tag: 'NothingToDo' }, 'what is ours')
      same(refused(await office.as('ana').takeControl(chat)), { _tag: 'Unsupported', feature: 'control' }, 'by chat')
      same(refused(await office.as('dan').takeControl(id)), { _tag: 'NotFound' }, 'who does not see it')
      granted(await office.as('ben').claim(id))
      same(refused(await office.as('ana').passControl(id)), { _tag: 'AlreadyOwned', owner: 'ben' }, 'whose it is')
      await rig.engine().settle()
      same(rig.provider.told('zoe'), [], 'what the provider was asked')
    }),
  },
]
