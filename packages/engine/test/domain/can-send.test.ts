import {
  type CanSend,
  type Consent,
  type Reachable,
  type SendingFacts,
  canSend,
  leavingAs,
  nothingSaid,
  windowEnd,
} from '@guichet/engine/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const hour = 3_600_000
const day = { hours: 24, templates: true }
const week = { hours: 24, humanHours: 168, templates: false }

const heard = (heardAt: number | null, over: Partial<Reachable> = {}): Reachable => ({
  address: '+33123456789',
  heardAt,
  windowRefusedAt: null,
  elsewhere: null,
  ...over,
})

const asked = (over: Partial<SendingFacts> = {}): SendingFacts => ({
  now: 0,
  by: 'agent',
  what: 'words',
  channel: {},
  ...over,
})

const out = (scope: 'all' | 'marketing'): Consent => ({
  ...nothingSaid,
  [scope]: { given: false, scope, by: 'contact', word: 'STOP', at: 0 },
})

describe('whether something can be sent', () => {
  it('is yes for ever where the provider sets no time', () => {
    expect(canSend(heard(null), asked({ now: 1e15 }))).toEqual({ _tag: 'Yes' })
  })

  it.each<readonly [string, Reachable, Partial<SendingFacts>, CanSend]>([
    ['the channel is gone', heard(0), { channel: null }, { _tag: 'No', because: 'noChannel' }],
    ['there is no address', heard(0, { address: '' }), {}, { _tag: 'No', because: 'noIdentity' }],
    ['the contact has opted out', heard(0), { consent: out('all') }, { _tag: 'No', because: 'optedOut' }],
    ['another application has it', heard(0, { elsewhere: { by: 'shop' } }), {}, { _tag: 'No', because: 'elsewhere' }],
    ['it is blocked for good', heard(0), { blocked: { until: null } }, { _tag: 'No', because: 'blocked' }],
    ['it is blocked until then', heard(0), { blocked: { until: 5 } }, { _tag: 'No', because: 'blocked', until: 5 }],
    [
      'the customer has never written',
      heard(null),
      { channel: { window: day } },
      { _tag: 'No', because: 'window', may: 'templates' },
    ],
    ['there are no templates', heard(null), { channel: { window: week } }, { _tag: 'No', because: 'window' }],
  ])('is no, and why, when %s', (_, to, over, expected) => {
    expect(canSend(to, asked(over))).toEqual(expected)
  })

  it('is yes until the end of the window, which is outside it', () => {
    const window = { window: day }
    const yes = { _tag: 'Yes', until: 24 * hour }
    expect(canSend(heard(0), asked({ channel: window, now: 24 * hour - 1 }))).toEqual(yes)
    expect(canSend(heard(0), asked({ channel: window, now: 24 * hour }))).toMatchObject({ because: 'window' })
  })

  it('lets a person answer for longer than a machine, where the provider does', () => {
    const at = asked({ channel: { window: week }, now: 48 * hour })
    expect(canSend(heard(0), at)).toEqual({ _tag: 'Yes', until: 168 * hour })
    for (const by of ['bot', 'system'] as const) expect(canSend(heard(0), { ...at, by })).toMatchObject({ _tag: 'No' })
  })

  it('lets what the provider has approved leave at any time, alone', () => {
    const approved = { _tag: 'ProviderTemplate', name: 'n', language: 'en', values: [], text: 'Hello' } as const
    expect(leavingAs([approved])).toBe('template')
    expect(leavingAs([approved, { _tag: 'Text', text: 'and this' }])).toBe('words')
    expect(leavingAs([])).toBe('words')
    const late = asked({ channel: { window: day }, now: 1e12 })
    expect(canSend(heard(0), { ...late, what: 'template' })).toEqual({ _tag: 'Yes' })
    expect(canSend(heard(0), { ...late, what: 'template', channel: { window: week } })).toMatchObject({ _tag: 'No' })
  })

  it('leaves answers to whoever wants no advertising, and nothing else', () => {
    const consent = out('marketing')
    const inside = asked({ channel: { window: day }, now: hour, consent })
    expect(canSend(heard(0), inside)).toMatchObject({ _tag: 'Yes' })
    const outside = { ...inside, now: 25 * hour }
    for (const what of ['words', 'template'] as const) {
      expect(canSend(heard(0), { ...outside, what })).toEqual({ _tag: 'No', because: 'optedOut' })
    }
    expect(canSend(heard(null), asked({ consent }))).toMatchObject({ because: 'optedOut' })
    expect(canSend(heard(0), asked({ consent }))).toEqual({ _tag: 'Yes' })
  })

  it('believes the provider when it says that the window is closed, until the customer writes again', () => {
    const at = asked({ channel: { window: day }, now: 2 * hour })
    expect(canSend(heard(hour, { windowRefusedAt: hour }), at)).toMatchObject({ because: 'window' })
    expect(canSend(heard(hour + 1, { windowRefusedAt: hour }), at)).toMatchObject({ _tag: 'Yes' })
  })

  it('is never open for longer after a clock was set back', () => {
    expect(windowEnd(heard(10 * hour), day, 'agent', hour)).toBe(25 * hour)
  })
})

const time = fc.integer({ min: 0, max: 1e6 })
const maybe = <A>(of: fc.Arbitrary<A>) => fc.option(of, { nil: null })
const reachable: fc.Arbitrary<Reachable> = fc.record({
  address: fc.constantFrom('+33123456789', '+33123456789', ''),
  heardAt: maybe(time),
  windowRefusedAt: maybe(time),
  elsewhere: maybe(fc.record({ by: maybe(fc.constant('shop')) })),
})
const rule = fc.record(
  {
    hours: fc.double({ min: 0.01, max: 0.2, noNaN: true }),
    humanHours: fc.double({ min: 0, max: 1, noNaN: true }),
    templates: fc.boolean(),
  },
  { requiredKeys: ['hours', 'templates'] },
)
const sending: fc.Arbitrary<SendingFacts> = fc.record({
  now: time,
  by: fc.constantFrom('agent', 'bot', 'system'),
  what: fc.constantFrom('words', 'template'),
  channel: maybe(fc.record({ window: rule }, { requiredKeys: [] })),
  consent: fc.constantFrom(nothingSaid, nothingSaid, out('all'), out('marketing')),
  blocked: maybe(fc.record({ until: maybe(time) })),
})

describe('law: whether something can be sent', () => {
  it('keeps its answer until the time that it names, and not beyond', () => {
    fc.assert(
      fc.property(reachable, sending, fc.double({ min: 0, max: 1, noNaN: true }), (to, facts, share) => {
        const answer = canSend(to, facts)
        if (answer.until === undefined || (to.heardAt ?? 0) > facts.now) return
        const { until, _tag } = answer
        expect(until).toBeGreaterThan(facts.now)
        const between = facts.now + Math.floor(share * (Math.ceil(until) - 1 - facts.now))
        expect(canSend(to, { ...facts, now: between })).toEqual(answer)
        const then = canSend(to, { ...facts, now: Math.ceil(until) })
        expect(then).not.toEqual(answer)
        if (_tag === 'Yes') expect(then._tag).toBe('No')
      }),
    )
  })

  it('never gives a machine more than a person, nor words more than a template', () => {
    fc.assert(
      fc.property(reachable, sending, (to, facts) => {
        if (canSend(to, facts)._tag === 'No') return
        expect(canSend(to, { ...facts, by: 'agent' })._tag).toBe('Yes')
        expect(canSend(to, { ...facts, what: 'template' })._tag).toBe('Yes')
      }),
    )
  })

  it('is never less when the customer has written later, and never more when something more stands in the way', () => {
    fc.assert(
      fc.property(reachable, sending, time, (to, facts, later) => {
        if (canSend(to, facts)._tag === 'No') return
        const newer = Math.min(Math.max(to.heardAt ?? later, later), facts.now)
        if (newer >= (to.heardAt ?? 0) && newer > (to.windowRefusedAt ?? -1)) {
          expect(canSend({ ...to, heardAt: newer }, facts)._tag).toBe('Yes')
        }
        expect(canSend({ ...to, elsewhere: { by: null } }, facts)._tag).toBe('No')
        expect(canSend(to, { ...facts, blocked: { until: null } })._tag).toBe('No')
        expect(canSend(to, { ...facts, consent: out('all') })._tag).toBe('No')
        expect(canSend(to, { ...facts, channel: null })._tag).toBe('No')
      }),
    )
  })

  it('offers templates only where a template could be sent', () => {
    fc.assert(
      fc.property(reachable, sending, (to, facts) => {
        const answer = canSend(to, { ...facts, what: 'words' })
        if (answer._tag === 'No' && answer.may === 'templates') {
          expect(canSend(to, { ...facts, what: 'template' })).toEqual({ _tag: 'Yes' })
        }
      }),
    )
  })
})
