import { manualClock } from '@guichet/engine/memory'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, listed, officeOf } from '../office.ts'
import type { Rig } from '../rig.ts'
import { mortal } from '../trouble.ts'
import { messageFrom, session, writes } from './people.ts'

/** Longer than any lease, so that work of a process that died is taken up again. */
const longEnough = 100_000

/** Erases somebody with an engine that dies, and lets another one take it up. Answers whether the first one died. */
const eraseAndDie = async (
  rig: Rig,
  workspace: string,
  death: { readonly at: number; readonly fate: 'refused' | 'unheard' },
) => {
  const before = await rig.start()
  const office = officeOf(before, workspace)
  const since = await office.workspace.position()
  const from = { address: 'zoe@example.org', name: 'Zoe' }
  const zoe = await writes(office, 'mail', from)
  for (const text of ['more', 'and more']) await office.deliver('mail', messageFrom(from, text))
  const what = `dying at call ${death.at}, ${death.fate}`
  const ana = office.as('ana')
  const [first] = await listed(ana)
  const answered = first?.id ?? ''
  granted(await ana.reply(answered, { text: 'Dear Zoe' }))
  await before.settle()
  const id = rig.provider.attempts().at(-1)?.externalId
  assert(id !== undefined, 'the answer has left')
  const error = { code: '550', message: 'no such user: zoe@example.org' }
  await office.deliver('mail', { type: 'status', id, status: 'failed', error })
  await before.close()

  let armed = false
  const { storage, died } = mortal(rig.store(), death, () => armed)
  const dying = await rig.start({ storage })
  armed = true
  await session(officeOf(dying, office.id), 'mia')
    .contacts.erase(zoe)
    .catch(() => undefined)
  await dying.settle().catch(() => undefined)
  await dying.close().catch(() => undefined)

  const clock = manualClock(rig.clock.now() + longEnough)
  const heir = await rig.start({ clock })
  await heir.settle()
  const mia = session(officeOf(heir, office.id), 'mia')
  // Who was not told that it is under way asks again.
  if ((await mia.contacts.get(zoe)).ok) {
    const again = await mia.contacts.erase(zoe)
    assert(again.ok, `${what}: refused when it was asked for again`)
    await heir.settle()
  }
  same((await mia.conversations.list({})).items, [], `${what}: conversations that are left`)
  const { deliveries } = await rig.store().timeline({ workspace: office.id, conversation: answered, limit: 100 })
  same(deliveries.length, 1, `${what}: deliveries`)
  for (const data of deliveries.map((one) => one.data)) {
    same(data.includes('zoe') || data.includes(id), false, `${what}: what the provider said of her`)
  }
  same((await rig.store().identitiesOf(office.id, [zoe])).length, 0, `${what}: addresses that are left`)
  const { items } = await rig.store().stream({ workspace: office.id, after: since, limit: 500 })
  const lines = items.flatMap((item) =>
    item._tag === 'Entry' && item.entry.kind === 'record' ? [item.entry.type] : [],
  )
  same(lines, ['ContactErased', 'ContactErased'], `${what}: the journals of the contact and of the workspace`)
  same((await heir.workspace(office.id).upcoming()).length, 0, `${what}: work that is left`)
  await heir.close()
  return died()
}

export const eraseCrashCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G46 an erasure comes to its end once, whichever call of the store a process dies at',
    body: async (rig) => {
      rig.expect('work', 'index', 'listener')
      const { id } = await rig.office()
      let deaths = 0
      for (let at = 1, dies = true; dies; at += 1) {
        dies = false
        for (const fate of ['refused', 'unheard'] as const) {
          if (await eraseAndDie(rig, id, { at, fate })) {
            dies = true
            deaths += 1
          }
        }
      }
      assert(deaths > 10, `only ${deaths} deaths`)
    },
  },
]
