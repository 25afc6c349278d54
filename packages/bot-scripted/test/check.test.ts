import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Script, ScriptError, type ScriptProblem, checkScript, scriptedBot } from '../src/index.ts'
import { shop } from './shop.ts'

const withSteps = (steps: Script['steps'], more: Partial<Script> = {}): Script => ({
  name: 'porter',
  language: 'en',
  start: 'a',
  steps,
  fallback: { say: 'Pardon?', times: 1 },
  ...more,
})

const planted: ReadonlyArray<readonly [what: string, script: Script, problem: ScriptProblem]> = [
  ['begins nowhere', withSteps({ b: { say: 'B' } }), { _tag: 'UnknownStep', step: 'a', from: 'start' }],
  ['leads nowhere', withSteps({ a: { say: 'A', to: 'b' } }), { _tag: 'UnknownStep', step: 'b', from: 'a' }],
  [
    'leads nowhere by a word that is heard everywhere',
    withSteps({ a: { say: 'A' } }, { keywords: [{ words: ['x'], to: 'b' }] }),
    { _tag: 'UnknownStep', step: 'b', from: 'keywords' },
  ],
  [
    'leads to what every object has',
    withSteps({ a: { say: 'A', to: 'constructor' } }),
    { _tag: 'UnknownStep', step: 'constructor', from: 'a' },
  ],
  [
    'has a step that nothing leads to',
    withSteps({ a: { say: 'A' }, b: { say: 'B' } }),
    { _tag: 'Unreachable', step: 'b' },
  ],
  [
    'goes round by itself',
    withSteps({ a: { say: 'A', to: 'b' }, b: { to: 'a' } }),
    { _tag: 'Loop', steps: ['a', 'b'] },
  ],
  ['says nothing', withSteps({ a: { do: [{ _tag: 'Tag', tags: ['x'] }] } }), { _tag: 'Silent', step: 'a' }],
  ['waits in silence', withSteps({ a: { anything: 'b' }, b: { say: 'B' } }), { _tag: 'Silent', step: 'a' }],
  [
    'goes on after its end',
    withSteps({ a: { say: 'A', do: [{ _tag: 'Close' }], to: 'b' }, b: { say: 'B' } }),
    { _tag: 'AfterEnd', step: 'a' },
  ],
  [
    'acts after its end',
    withSteps({ a: { say: 'A', do: [{ _tag: 'HandOver' }, { _tag: 'Tag', tags: ['x'] }] } }),
    { _tag: 'AfterEnd', step: 'a' },
  ],
  [
    'waits and goes on',
    withSteps({ a: { say: 'A', to: 'b', anything: 'b' }, b: { say: 'B' } }),
    { _tag: 'WaitsAndGoesOn', step: 'a' },
  ],
  ['lacks its own language', withSteps({ a: { say: { fr: 'A' } } }), { _tag: 'NoWords', where: 'a', language: 'en' }],
  [
    'does too much at once',
    withSteps({
      a: { say: 'A', do: Array.from({ length: 10 }, (_, n) => ({ _tag: 'Tag' as const, tags: [`${n}`] })) },
    }),
    { _tag: 'TooMuch', step: 'a', actions: 11, max: 10 },
  ],
  [
    'asks a form without questions',
    withSteps({ a: { say: 'A', form: { title: 'T', fields: [], to: 'b' } }, b: { say: 'B' } }),
    { _tag: 'BadForm', step: 'a', issues: ['fields: 1 to 20'] },
  ],
  ['has no words at all', withSteps({ a: { say: '' } }), { _tag: 'Malformed', issue: 'steps.a.say: words' }],
  [
    'does what there is not',
    withSteps({ a: { say: 'A', do: [{ _tag: 'Dance' } as never] } }),
    { _tag: 'Malformed', issue: 'steps.a.do: acts out of HandOver, AskDetails, Close, Tag, SetAttributes' },
  ],
]

describe('a script is refused that', () => {
  for (const [what, script, problem] of planted) {
    it(what, () => {
      expect(checkScript(script)).toContainEqual(problem)
      expect(() => scriptedBot(script)).toThrow(ScriptError)
    })
  }
})

describe('a script', () => {
  it('that is right has no problems', () => {
    expect(checkScript(shop)).toEqual([])
  })

  it('is data: it may come from a file', () => {
    expect(checkScript(JSON.parse(JSON.stringify(shop)) as Script)).toEqual([])
  })

  it('may be anything: what is none is told so, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(checkScript(value as Script).length).toBeGreaterThan(0)
      }),
    )
    const broken = fc.tuple(fc.constantFrom(...Object.keys(shop)), fc.anything())
    fc.assert(
      fc.property(broken, ([name, value]) => {
        for (const { _tag } of checkScript({ ...shop, [name]: value } as Script)) expect(typeof _tag).toBe('string')
      }),
    )
  })
})
