import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, officeOf } from '../office.ts'
import { session, writes } from '../people/people.ts'
import { withMessenger } from './messenger.ts'

const minute = 60_000
const hour = 60 * minute

const contactOf = async (office: Office, id: string) => granted(await session(office, 'mia').contacts.get(id))

export const profileCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G33 a provider is asked once who writes without a name, and what it says is kept on every engine',
    body: withMessenger(async (rig, office) => {
      const place = { place: 'Lyon' }
      rig.provider.introduce('zoe', { _tag: 'Found', name: 'Zoé', language: 'fr', attributes: place })
      const zoe = await writes(office, 'messenger', { address: 'zoe' })
      await rig.engine().settle()
      await writes(office, 'messenger', { address: 'zoe' }, 'again')
      await writes(office, 'messenger', { address: 'yan', name: 'Yan' })
      await rig.engine().settle()
      const later = officeOf(await rig.restart(), office.id)
      await rig.engine().settle()
      const { name, language, attributes } = await contactOf(later, zoe)
      same({ name, language, attributes }, { name: 'Zoé', language: 'fr', attributes: place }, 'the contact')
      same([rig.provider.asks('zoe'), rig.provider.asks('yan')], [1, 0], 'how often it was asked')
    }),
  },
  {
    name: 'G32 what a provider says of somebody fills gaps, and overwrites nothing that was written down meanwhile',
    body: withMessenger(async (rig, office) => {
      rig.provider.introduce('zoe', { _tag: 'Retry', reason: 'busy' })
      const zoe = await writes(office, 'messenger', { address: 'zoe' })
      await rig.engine().settle()
      granted(await session(office, 'mia').contacts.edit(zoe, { language: 'de' }))
      rig.provider.introduce('zoe', { _tag: 'Found', name: 'Zoé', language: 'fr', avatar: 'https://example.org/zoe' })
      rig.clock.advance(minute)
      await rig.engine().settle()
      const { name, language, avatar } = await contactOf(office, zoe)
      same(
        { name, language, avatar },
        { name: 'Zoé', language: 'de', avatar: 'https://example.org/zoe' },
        'the contact',
      )
    }),
  },
  {
    name: 'G20 a provider that does not say who somebody is holds up nobody, and is not asked for ever',
    body: withMessenger(async (rig, office) => {
      rig.expect('profile')
      rig.provider.introduce('yan', { _tag: 'Retry', reason: 'busy' })
      rig.provider.introduce('zoe', 'throw')
      rig.provider.introduce('wim', { _tag: 'Found', name: 'Wim' })
      for (const address of ['xia', 'yan', 'zoe']) await writes(office, 'messenger', { address })
      const wim = await writes(office, 'messenger', { address: 'wim' })
      await rig.engine().settle()
      same((await contactOf(office, wim)).name, 'Wim', 'who comes after those')
      for (let times = 0; times < 15; times += 1) {
        rig.clock.advance(hour)
        await rig.engine().settle()
      }
      same(
        ['xia', 'yan', 'zoe'].map((person) => rig.provider.asks(person)),
        [1, 10, 10],
        'how often it was asked',
      )
    }),
  },
  {
    name: 'G46 nobody is asked about who was erased',
    body: withMessenger(async (rig, office) => {
      rig.provider.introduce('zoe', { _tag: 'Retry', reason: 'busy' })
      const zoe = await writes(office, 'messenger', { address: 'zoe' })
      await rig.engine().settle()
      rig.provider.introduce('zoe', { _tag: 'Found', name: 'Zoé' })
      granted(await session(office, 'mia').contacts.erase(zoe))
      rig.clock.advance(minute)
      await rig.engine().settle()
      same(rig.provider.asks('zoe'), 1, 'how often it was asked')
    }),
  },
]
