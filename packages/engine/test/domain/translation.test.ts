import {
  type Command,
  type Entry,
  type Facts,
  type MessageWords,
  decide,
  evolve,
  react,
  sameLanguage,
  withWords,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { by, facts, fromCustomer, now, opened, receive, start, step, text } from './shop.ts'

const translates = { translates: true } as const
const account = { ...facts().account, translate: 'fr' }
const asEngine = (over: Partial<Facts> = {}): Facts => facts({ actor: { kind: 'system', id: 'engine' }, ...over })
const ana = (over: Partial<Facts> = {}): Facts => by('ana', { ...translates, ...over })
const target = { direction: 'in', author: { kind: 'contact', id: 'claire' }, deleted: false, files: [] } as const
const turn = (team: string | null, customer: string | null = null): Command => ({
  _tag: 'SetTranslation',
  translation: team === null ? null : { team, customer },
})
const told = (over: Partial<Extract<Command, { readonly _tag: 'RecordTranslation' }>> = {}): Command => ({
  _tag: 'RecordTranslation',
  message: 1,
  language: 'fr',
  provider: 'demo',
  state: 'done',
  text: 'Bonjour',
  edits: 0,
  ...over,
})
const on = (customer: string | null = null, from = 1) => ({ ...opened(), translation: { team: 'fr', customer, from } })
const entry = (what: Entry['what'], seq = 2): Entry => ({ seq, at: now, actor: { kind: 'agent', id: 'ana' }, what })

/** What follows from one command, of translation alone. */
const asked = (state: ReturnType<typeof on>, command: Command, over: Facts): unknown => {
  const decision = decide(state, command, over)
  const [first] = decision._tag === 'Accepted' ? decision.entries : []
  const after = first && evolve(state, first)
  if (first === undefined || after === undefined) throw new Error('refused')
  return react(state, first, after).filter(({ _tag }) => _tag === 'Translate')
}

describe('turning translation on', () => {
  it('is a setting of the conversation, with what counts from when', () => {
    const { state, entries } = step(opened(), turn('fr', 'de'), ana({ translateFrom: 1 }))
    expect(entries.map(({ what }) => what)).toEqual([
      { _tag: 'TranslationSet', translation: { team: 'fr', customer: 'de' }, from: 1 },
    ])
    expect(state?.translation).toEqual({ team: 'fr', customer: 'de', from: 1 })
  })

  it('counts from its own entry where nothing is said, and again what had counted in this language', () => {
    expect(step(opened(), turn('fr'), ana()).state?.translation?.from).toBe(2)
    expect(step(on(null, 1), turn('fr', 'de'), ana({ translateFrom: 7 })).state?.translation?.from).toBe(1)
    expect(step(on(null, 1), turn('en', 'de'), ana({ translateFrom: 7 })).state?.translation?.from).toBe(7)
  })

  it('is turned off, and says when nothing would change', () => {
    expect(step(on('de'), turn(null), ana()).state?.translation).toBeNull()
    expect(step(on('de'), turn('fr', 'de'), ana()).refusal).toEqual({ _tag: 'NothingToDo' })
    expect(step(opened(), turn(null), ana()).refusal).toEqual({ _tag: 'NothingToDo' })
  })

  it('takes somebody who translates', () => {
    expect(step(opened(), turn('fr'), by('ana')).refusal).toEqual({ _tag: 'Unsupported', feature: 'translation' })
    // It can be turned off all the same.
    expect(step(on(), turn(null), by('ana')).refusal).toBeNull()
  })

  it.each(['', 'f', 'français', 'fr_FR', 'fr-', 'klingon'])('refuses %j as a language, on either side', (tag) => {
    const invalid = (issue: RegExp) => ({
      _tag: 'Invalid',
      what: 'translation',
      issues: [expect.stringMatching(issue)],
    })
    expect(step(opened(), turn(tag, 'de'), ana()).refusal).toEqual(invalid(/^team: /))
    expect(step(opened(), turn('fr', tag), ana()).refusal).toEqual(invalid(/^customer: /))
  })

  it('is not for who may not see the conversation', () => {
    expect(step(opened(), turn('fr'), by('dan', translates)).refusal?._tag).toBe('NotFound')
  })

  it('comes with an account that wants it, as long as somebody translates', () => {
    const begun = (over: Partial<Facts>) => step(undefined, receive('Hallo'), fromCustomer({ start, account, ...over }))
    expect(begun(translates).state?.translation).toEqual({ team: 'fr', customer: null, from: 1 })
    expect(begun({}).state?.translation).toBeNull()
    const begins: Command = { _tag: 'Start', parts: text('Bonjour') }
    const ours = step(undefined, begins, ana({ account, start }))
    expect(ours.state?.translation).toEqual({ team: 'fr', customer: null, from: 1 })
  })
})

describe('what came of a translation', () => {
  it('is recorded by the engine alone, without the words, which stand beside the message', () => {
    const { entries } = step(on(), told({ detected: 'de' }), asEngine({ target }))
    expect(entries.map(({ what }) => what)).toEqual([
      { _tag: 'Translated', message: 1, language: 'fr', provider: 'demo', state: 'done', detected: 'de' },
    ])
    expect(step(on(), told(), ana({ target })).refusal).toEqual({ _tag: 'Forbidden', action: 'translate' })
  })

  it('says which language the customer writes, unless that was said already', () => {
    const heard = (customer: string | null) =>
      step(on(customer), told({ detected: 'de' }), asEngine({ target })).state?.translation?.customer
    expect(heard(null)).toBe('de')
    expect(heard('en')).toBe('en')
    expect(step(opened(), told({ detected: 'de' }), asEngine({ target })).state?.translation).toBeNull()
  })

  it('is of no use when the message is gone, or says something else by now', () => {
    expect(step(on(), told(), asEngine()).refusal).toEqual({ _tag: 'UnknownMessage', message: 1 })
    const deleted = { ...target, deleted: true }
    expect(step(on(), told(), asEngine({ target: deleted })).refusal).toEqual({ _tag: 'UnknownMessage', message: 1 })
    expect(step(on(), told(), asEngine({ target: { ...target, edits: 1 } })).refusal).toEqual({ _tag: 'NothingToDo' })
    expect(step(on(), told({ edits: 1 }), asEngine({ target: { ...target, edits: 1 } })).refusal).toBeNull()
  })
})

describe('what is translated by itself', () => {
  it('is what the customer writes and what is edited, and all of it when it is turned on', () => {
    const edits: Command = { _tag: 'EditMessage', message: 1, parts: text('besser') }
    expect(asked(on(), receive('Hallo'), fromCustomer())).toEqual([{ _tag: 'Translate', message: 2 }])
    expect(asked(on(), edits, fromCustomer({ target }))).toEqual([{ _tag: 'Translate', message: 1 }])
    expect(asked(on(), turn('en'), ana())).toEqual([{ _tag: 'Translate', message: null }])
  })

  it('is nothing where it is off, nothing that leaves, nothing automatic, and nothing of spam', () => {
    const off = { ...on(), translation: null }
    const received = receive('Hallo')
    const automatic: Command = { ...received, message: { ...received.message, automatic: 'reply' } }
    const spam = { ...on(), status: 'spam' } as const
    expect(asked(off as never, received, fromCustomer())).toEqual([])
    expect(asked(on(), turn(null), ana())).toEqual([])
    expect(asked(on(), { _tag: 'Reply', parts: text('Bonjour') }, ana())).toEqual([])
    expect(asked(on(), automatic, fromCustomer())).toEqual([])
    expect(asked(spam, received, fromCustomer())).toEqual([])
    expect(asked(spam, { _tag: 'MarkNotSpam' }, ana())).toEqual([{ _tag: 'Translate', message: null }])
  })

  it('includes what was moved here from elsewhere', () => {
    const { direction, author } = target
    const message = { direction, author, parts: text('Hallo'), matched: 'none', sentAt: now } as const
    const moved = entry({ _tag: 'MessageMovedIn', message, from: { conversation: 'c0', seq: 1 } })
    expect(react(on(), moved, { ...on(), seq: 2 }).filter(({ _tag }) => _tag === 'Translate')).toEqual([
      { _tag: 'Translate', message: 2 },
    ])
  })
})

describe('words beside a message', () => {
  const language = fc.constantFrom('fr', 'de', 'pt-BR')
  const words: fc.Arbitrary<MessageWords> = fc.record({
    language,
    provider: fc.constant('demo'),
    state: fc.constantFrom('done' as const, 'failed' as const),
    text: fc.option(fc.string()),
  })

  it('are one for each language, the last that was done, or failed as long as none was', () => {
    fc.assert(
      fc.property(fc.array(words), (all) => {
        const known = all.reduce<ReadonlyArray<MessageWords>>(withWords, [])
        for (const tag of new Set(all.map((one) => one.language))) {
          const said = all.filter((one) => one.language === tag)
          const last = said.findLast(({ state }) => state === 'done') ?? said.at(-1)
          expect(known.filter((one) => one.language === tag)).toEqual([last])
        }
      }),
    )
  })

  it('name a language whatever its region and script', () => {
    expect(sameLanguage('pt-BR', 'PT')).toBe(true)
    expect(sameLanguage('zh-Hant', 'zh-Hans-CN')).toBe(true)
    expect(sameLanguage('es', 'et')).toBe(false)
  })
})
