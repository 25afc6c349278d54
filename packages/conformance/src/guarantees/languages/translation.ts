import { manualClock } from '@guichet/engine/memory'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, history, message, officeOf } from '../office.ts'
import {
  beside,
  done,
  failed,
  gate,
  german,
  inWords,
  interpreter,
  messageAt,
  pending,
  translatedOffice,
} from './interpreter.ts'

export const translationCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G41 what a customer writes stands beside its translation, which is pending, then done, after a restart as well',
    body: async (rig) => {
      const held = gate()
      const translator = interpreter(held.pass)
      const office = await translatedOffice(rig, translator)
      const id = await office.arrives('chat', message('zoe', german('wo ist es')))
      same(await beside(office, id, 1), [pending('fr')], 'what stands beside it at first')
      held.release()
      await rig.engine().settle()
      for (const restarted of [false, true]) {
        const now = restarted ? officeOf(await rig.restart({ translator }), office.id) : office
        const { text, language } = await messageAt(now, id, 1)
        same([text, language], [german('wo ist es'), 'de'], 'the original and its language')
        same(await beside(now, id, 1), [done('fr', inWords(german('wo ist es'), 'fr'))], 'what stands beside it')
      }
      same(translator.asked().length, 1, 'the number of texts it was asked for')
    },
  },
  {
    name: 'G41 an answer leaves in the customer’s language, and the original stands in the journal',
    body: async (rig) => {
      const office = await translatedOffice(rig, interpreter())
      const id = await office.arrives('chat', message('zoe', german('wo ist es')))
      await rig.engine().settle()
      const { entry } = granted(await office.as('ana').reply(id, { text: 'il arrive' }))
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), [inWords('il arrive', 'de')], 'what the customer got')
      const said = await messageAt(office, id, entry?.seq ?? 0)
      same(said.text, 'il arrive', 'the original')
      same(said.translations, [done('de', inWords('il arrive', 'de'))], 'what stands beside it')
    },
  },
  {
    name: 'G41 an edit makes a translation void, also one that was under way, and the new words are translated',
    body: async (rig) => {
      for (const meanwhile of [false, true]) {
        const held = gate()
        const translator = interpreter(([text]) => (meanwhile && text === german('eins') ? held.pass() : undefined))
        const office = await translatedOffice(rig, translator)
        const id = await office.arrives('chat', message('zoe', german('eins'), { id: 'one' }))
        if (meanwhile) await held.arrived()
        else await rig.engine().settle()
        await office.deliver('chat', { type: 'edit', id: 'one', text: german('zwei') })
        if (meanwhile) same(await beside(office, id, 1), [pending('fr')], 'what stands beside it after the edit')
        held.release()
        await rig.engine().settle()
        same(
          await beside(office, id, 1),
          [done('fr', inWords(german('zwei'), 'fr'))],
          'what stands beside it in the end',
        )
      }
    },
  },
  {
    name: 'G41 an answer that is edited before it has left goes in its new words alone',
    body: async (rig) => {
      const held = gate()
      const office = await translatedOffice(
        rig,
        interpreter(([text]) => (text === 'demain' ? held.pass() : undefined)),
      )
      const id = await office.arrives('chat', message('zoe', german('wann')))
      await rig.engine().settle()
      const { entry } = granted(await office.as('ana').reply(id, { text: 'demain' }))
      await held.arrived()
      granted(await office.as('ana').edit(id, { message: entry?.seq ?? 0, text: 'lundi' }))
      held.release()
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), [inWords('lundi', 'de')], 'what the customer got')
    },
  },
  {
    name: 'G41 a translator that fails or talks nonsense sends the original, and says that it failed',
    body: async (rig) => {
      rig.expect('translator')
      const nonsense: ReadonlyArray<unknown> = [
        null,
        [],
        [{ text: '', from: 'fr' }],
        [{ text: 4, from: 'fr' }],
        'de(x)',
      ]
      for (const answer of [undefined, ...nonsense]) {
        const broken = {
          ...interpreter(),
          translate: () =>
            answer === undefined ? Promise.reject(new Error('the provider is down')) : (answer as never),
        }
        const office = await translatedOffice(rig, broken)
        const person = `zoe ${JSON.stringify(answer)}`
        const id = await office.arrives('chat', message(person, german('wann')))
        await rig.engine().settle()
        const { entry } = granted(await office.as('ana').reply(id, { text: 'demain' }))
        await rig.engine().settle()
        same(rig.provider.inbox(person), ['demain'], 'what the customer got')
        same(await beside(office, id, 1), [failed('fr')], 'beside what she wrote')
        same(await beside(office, id, entry?.seq ?? 0), [failed('de')], 'beside what was answered')
      }
    },
  },
  {
    name: 'G41 a translator that hangs holds up nothing but what it translates, and that for ten seconds',
    body: async (rig) => {
      rig.expect('translator')
      const held = gate()
      const clock = manualClock(rig.clock.now())
      const translator = interpreter(([text]) => (text === 'demain' ? held.pass() : undefined))
      const office = await translatedOffice(rig, translator)
      await rig.restart({ translator, clock })
      const now = officeOf(rig.engine(), office.id)
      const id = await now.arrives('chat', message('zoe', german('wann')))
      await rig.engine().settle()
      granted(await now.as('ana').reply(id, { text: 'demain' }))
      await held.arrived()
      const other = await now.arrives('mail', message('max', 'bonjour'))
      granted(await now.as('ana').reply(other, { text: 'tout de suite' }))
      const again = await now.arrives('chat', message('zoe', german('nun')))
      same(again, id, 'where the customer writes on')
      await rig.provider.until(() => rig.provider.inbox('max').length === 1)
      same(rig.provider.inbox('zoe'), [], 'what was not translated in time')
      clock.advance(10_000)
      await rig.provider.until(() => rig.provider.inbox('zoe').length === 1)
      same(rig.provider.inbox('zoe'), ['demain'], 'what left in the end')
      await rig.engine().settle()
    },
  },
  {
    name: 'G41 nothing of a message or a conversation that is deleted stays in its translations',
    body: async (rig) => {
      const translator = interpreter()
      const word = 'qzvxwtranslated'
      for (const whole of [false, true]) {
        const office = await translatedOffice(rig, translator)
        const id = await office.arrives('chat', message('zoe', german(word), { id: 'one' }))
        await rig.engine().settle()
        if (whole) granted(await office.as('mia').delete(id))
        else await office.deliver('chat', { type: 'delete', id: 'one' })
        await rig.engine().settle()
        const page = await rig.store().timeline({ workspace: office.id, conversation: id, limit: 100 })
        assert(!JSON.stringify(page).includes(word), 'it stands in the journal or beside it')
        const bytes = await rig.atRest({ translator })
        const text = bytes && new TextDecoder('latin1').decode(bytes)
        assert(text?.includes(word) !== true, 'it stands in the bytes of the store')
      }
    },
  },
  {
    name: 'G41 translation is switched on and off in each conversation, and what was translated stays',
    body: async (rig) => {
      const translator = interpreter()
      const office = await translatedOffice(rig, translator)
      const id = await office.arrives('mail', message('zoe', german('eins')))
      await rig.engine().settle()
      same(await beside(office, id, 1), [], 'beside it where nobody wants it')
      granted(await office.as('ana').setTranslation(id, { translation: { team: 'fr', customer: null } }))
      await rig.engine().settle()
      const translated = [done('fr', inWords(german('eins'), 'fr'))]
      same(await beside(office, id, 1), translated, 'beside it when it is turned on')
      granted(await office.as('ana').setTranslation(id, { translation: null }))
      granted(await office.as('ana').reply(id, { text: 'bonjour' }))
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['bonjour'], 'what left after it was turned off')
      same(await beside(office, id, 1), translated, 'what stands beside it still')
      const { entries } = await history(office.as('ana'), id)
      same(
        entries.map(({ what }) => what._tag).filter((tag) => tag === 'TranslationSet').length,
        2,
        'the number of times that the journal says so',
      )
    },
  },
]
