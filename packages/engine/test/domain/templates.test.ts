import {
  type Agent,
  type Template,
  type TemplateDraft,
  checkTemplate,
  fill,
  mayManage,
  mayUse,
  parseSlash,
  rankTemplates,
  templateVariables,
  variablesIn,
  variablesWith,
} from '@guichet/engine/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agents, queues } from './shop.ts'

const known = { variables: [...templateVariables], queues, agents, channels: new Map([['sms', {}]]) }
const draft: TemplateDraft = { title: 'Hello', text: 'Hello {{contact.firstName|there}}', scope: { _tag: 'All' } }

const issues = (over: object): ReadonlyArray<string> => {
  const answer = checkTemplate({ ...draft, ...over } as TemplateDraft, known)
  if (answer._tag !== 'Refused') return []
  return answer.refusal._tag === 'Invalid' ? answer.refusal.issues : [answer.refusal._tag]
}

const agent = (id: string): Agent => agents.get(id) as Agent

/** Text with braces of all kinds in it, names that exist and names that do not. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string(),
      fc.constantFrom('{', '}', '{{', '}}', '|', '{{contact.name}}', '{{ agent.name | me }}', '{{x}}', 'constructor'),
      fc.constantFrom(...templateVariables),
    ),
  )
  .map((pieces) => pieces.join(''))

const values = (value: fc.Arbitrary<string>) =>
  fc.dictionary(fc.constantFrom<string>(...templateVariables), fc.option(value, { nil: null }))

describe('a template', () => {
  it('fills a variable with its value, its fallback, or nothing, and says what was missing', () => {
    const text = '{{contact.firstName|there}}, {{ contact.name }} / {{agent.name | me }} / {{conversation.title}}'
    expect(fill(text, { 'contact.name': 'Claire', 'contact.firstName': '' })).toEqual({
      text: 'there, Claire / me / ',
      missing: ['contact.firstName', 'agent.name', 'conversation.title'],
    })
  })

  it('takes only values that were given, whatever a variable is called', () => {
    expect(fill('{{constructor}}{{__proto__|x}}{{toString}}', {})).toEqual({
      text: 'x',
      missing: ['constructor', '__proto__', 'toString'],
    })
  })

  it('leaves a text without variables as it is, whatever the values', () => {
    fc.assert(
      fc.property(anyText, values(fc.string()), (text, given) => {
        fc.pre(variablesIn(text).length === 0)
        expect(fill(text, given)).toEqual({ text, missing: [] })
      }),
    )
  })

  it('is total, and never looks into what a value says', () => {
    fc.assert(
      fc.property(anyText, values(anyText), (text, given) => {
        const filled = fill(text, given)
        const names = variablesIn(text)
        expect(names).toEqual(expect.arrayContaining([...filled.missing]))
        for (const name of names) {
          const value = given[name]
          if (typeof value === 'string') expect(filled.text).toContain(value)
        }
      }),
    )
  })

  it('says the same filled twice as filled once, when no value has a brace', () => {
    const plain = fc.string().map((text) => text.replace(/[{}]/g, ''))
    fc.assert(
      fc.property(anyText, values(plain), (text, given) => {
        fc.pre(checkTemplate({ ...draft, text }, known)._tag === 'Checked')
        const once = fill(text, given).text
        expect(fill(once, given)).toEqual({ text: once, missing: [] })
      }),
      { numRuns: 300 },
    )
  })

  it('G49 is refused with the name of a variable that does not exist, and the names of those that do', () => {
    const [issue, ...more] = issues({ text: 'Dear {{contact.nmae}} {{contact.name}}' })
    expect(more).toEqual([])
    expect(issue).toContain('no variable contact.nmae;')
    for (const name of templateVariables) expect(issue).toContain(name)
  })

  it('knows custom attributes by their id', () => {
    const variables = variablesWith([{ id: 'plan', name: 'Plan', on: 'conversation', kind: 'text' }])
    const text = 'On {{conversation.custom.plan}}'
    expect(issues({ text })[0]).toContain('conversation.custom.plan')
    expect(checkTemplate({ ...draft, text }, { ...known, variables })._tag).toBe('Checked')
  })

  it.each([
    ['an empty title', { title: ' ' }, 'title: 1 to 200 characters'],
    ['no text', { text: undefined }, 'text: 1 to 20000 characters'],
    ['an empty text', { text: '\n' }, 'text: 1 to 20000 characters'],
    ['an open brace', { text: 'Hello {{contact.name' }, 'text: double braces that hold no variable'],
    ['three braces', { text: '{{{contact.name}}}' }, 'text: double braces that hold no variable'],
    ['no scope', { scope: undefined }, 'scope: All, Team with a queue, or Own with an agent'],
    ['a scope that is none', { scope: { _tag: 'Mine' } }, 'scope: All'],
    ['a queue that is not there', { scope: { _tag: 'Team', queue: 'moon' } }, 'scope: there is no queue moon'],
    ['an agent who is not there', { scope: { _tag: 'Own', agent: 'eve' } }, 'scope: there is no agent eve'],
    ['a shortcut with a slash', { shortcut: '/hi' }, 'shortcut: 1 to 40 letters'],
    ['a shortcut with a space', { shortcut: 'hi there' }, 'shortcut: 1 to 40 letters'],
    ['a language that is none', { language: 'french!' }, 'language: a tag such as fr'],
    ['a channel that is not there', { channels: ['fax'] }, 'channels: there is no channel fax'],
    ['channels that are no list', { channels: 'sms' }, 'channels: a list of names'],
  ])('is refused with %s', (_, over, issue) => {
    expect(issues(over)).toEqual([expect.stringContaining(issue)])
  })

  it('names everything that is wrong at once, and keeps nothing that was not asked for', () => {
    expect(issues({ title: '', text: '', shortcut: '/' })).toHaveLength(3)
    const answer = checkTemplate({ ...draft, shortcut: 'Hi', category: ' ', evil: 1 } as TemplateDraft, known)
    expect(answer).toEqual({
      _tag: 'Checked',
      template: { ...draft, shortcut: 'hi', category: null, language: null, channels: [] },
    })
  })

  it('G49 is used by those it is for, and managed by those who may', () => {
    const scopes = [
      { _tag: 'All' },
      { _tag: 'Team', queue: 'deliveries' },
      { _tag: 'Own', agent: 'ana' },
    ] as const satisfies ReadonlyArray<Template['scope']>
    const who = (may: typeof mayUse) => (id: string) => scopes.map((scope) => may({ scope }, agent(id)))
    expect(['ana', 'ben', 'chloe'].map(who(mayUse))).toEqual([
      [true, false, true],
      [true, true, false],
      [true, true, false],
    ])
    expect(['ana', 'ben', 'chloe'].map(who(mayManage))).toEqual([
      [false, false, true],
      [false, false, false],
      [true, true, false],
    ])
    const trusted: Agent = { ...agent('ana'), permissions: ['manageTemplates'] }
    expect(scopes.map((scope) => mayManage({ scope }, trusted))).toEqual([true, false, true])
  })

  it('comes by shortcut, then by title, then by words; the nearest first', () => {
    const template = (id: string, over: Partial<Template>): Template => ({
      id,
      title: id,
      category: null,
      shortcut: null,
      language: null,
      channels: [],
      scope: { _tag: 'All' },
      text: 'Thank you',
      updatedAt: 0,
      ...over,
    })
    const found = [
      template('worded', {}),
      template('Thanks to all', {}),
      template('exact', { shortcut: 'tha' }),
      template('longer', { shortcut: 'thanks' }),
      template('mine', { shortcut: 'thanks', scope: { _tag: 'Own', agent: 'ana' } }),
    ]
    const order = (words: string) => rankTemplates(found, { words }).map(({ id }) => id)
    expect(order('/Tha')).toEqual(['exact', 'mine', 'longer', 'Thanks to all', 'worded'])
    expect(order('')).toEqual(['mine', 'exact', 'longer', 'Thanks to all', 'worded'])
  })

  it('is left out where it does not fit the language, the channel or the category', () => {
    const one = { ...draft, id: 't', category: 'Greetings', shortcut: null, channels: ['sms'], updatedAt: 0 }
    const finds = (language: string | null, search: Parameters<typeof rankTemplates>[1]) =>
      rankTemplates([{ ...one, language }], search).length
    expect([finds('fr', { language: 'fr-CA' }), finds('fr-CA', { language: 'FR' }), finds('fr', {})]).toEqual([1, 1, 1])
    expect([
      finds('fr', { language: 'en' }),
      finds('fr', { language: 'fro' }),
      finds(null, { language: 'en' }),
    ]).toEqual([0, 0, 1])
    expect([finds(null, { channel: 'sms' }), finds(null, { channel: 'mail' })]).toEqual([1, 0])
    expect([finds(null, { category: 'greetings ' }), finds(null, { category: 'other' })]).toEqual([1, 0])
  })
})

describe('a slash line', () => {
  it.each([
    ['/rename New title', { name: 'rename', argument: 'New title' }],
    ['  /RENAME\tNew   title ', { name: 'rename', argument: 'New   title' }],
    ['/id', { name: 'id', argument: '' }],
    ['/note two\nlines', { name: 'note', argument: 'two\nlines' }],
    ['/rename " spaced "', { name: 'rename', argument: ' spaced ' }],
    ['/rename « Perdu »', { name: 'rename', argument: ' Perdu ' }],
    ['/rename "one" and "two"', { name: 'rename', argument: '"one" and "two"' }],
    ['/rename "', { name: 'rename', argument: '"' }],
  ])('%j is read', (line, read) => expect(parseSlash(line)).toEqual(read))

  it.each(['', '/', '/ 5', '//x', '/a/b', '/!'])('%j is none', (line) => expect(parseSlash(line)).toBeNull())

  it('is read without ever failing', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseSlash(text)))
  })
})
