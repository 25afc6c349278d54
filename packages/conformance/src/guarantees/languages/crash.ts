import { manualClock } from '@guichet/engine/memory'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { history, message, officeOf } from '../office.ts'
import { mortal } from '../trouble.ts'
import { german, inWords, interpreter, translatedOffice } from './interpreter.ts'

/** Longer than any lease, so that work of a process that died is taken up again; and not by so much that the next ends as well. */
const longEnough = 30_000

const afterEveryCrash =
  (fate: 'refused' | 'unheard'): GuaranteeCase['body'] =>
  async (rig) => {
    rig.expect('work', 'send', 'receive', 'search index', 'translator')
    const translator = interpreter()
    const office = await translatedOffice(rig, translator)
    const first = rig.engine()
    let repeated = 0
    for (let at = 1, alive = false; !alive; at += 1) {
      const person = `zoe ${fate} ${at}`
      const id = await office.arrives('exact', message(person, german('wann')))
      await first.settle()
      let armed = false
      const clock = manualClock(rig.clock.now())
      const { storage, died } = mortal(rig.store(), { at, fate }, () => armed)
      const engine = await rig.start({ storage, clock, translator })
      const before = translator.asked().length
      armed = true
      const replied = await officeOf(engine, office.id)
        .as('ana')
        .reply(id, { text: 'demain' })
        .then(
          ({ ok }) => ok,
          () => false,
        )
      await engine.settle().catch(() => undefined)
      await engine.close()
      const journal = await rig.store().timeline({ workspace: office.id, conversation: id, limit: 100 })
      const known = journal.amendments.some(({ data }) => data.includes(inWords('demain', 'de')))
      const asked = translator.asked().length - before

      const heir = await rig.start({ clock, translator })
      for (let times = 0; times < 5; times += 1) {
        clock.advance(longEnough)
        await heir.settle()
      }
      const again = translator.asked().length - before - asked
      if (known) same(again, 0, `dead at call ${at}: how often it was translated again`)
      assert(asked + again <= 2, `dead at call ${at}: it was translated ${asked + again} times`)
      repeated += again
      const { messages } = await history(officeOf(heir, office.id).as('ana'), id)
      const out = messages.filter(({ direction }) => direction === 'out')
      assert(
        out.length <= 1 && (!replied || out.length === 1),
        `dead at call ${at}: the reply is there ${out.length} times`,
      )
      same(
        rig.provider.inbox(person),
        out.map(() => inWords('demain', 'de')),
        `dead at call ${at}: what the customer got`,
      )
      await heir.close()
      alive = !died()
    }
    assert(repeated > 0, 'no crash came before the words were written down')
  }

export const translationCrashCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G41 a process that dies before any one of its writes sends a translation once, and pays for it once when it was kept',
    body: afterEveryCrash('refused'),
  },
  {
    name: 'G41 a process that dies just after any one of its writes sends a translation once, and pays for it once when it was kept',
    body: afterEveryCrash('unheard'),
  },
]
