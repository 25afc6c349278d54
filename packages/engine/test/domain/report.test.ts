import {
  type Command,
  type Entry,
  type Facts,
  type Report,
  type ReportBy,
  type ReportRequest,
  type ReportRow,
  csvOf,
  evolve,
  measure,
  reportOf,
} from '@guichet/engine/domain'
import { describe, expect, it } from 'vitest'
import { by, facts, fromCustomer, receive, start, step, text } from './shop.ts'

const hour = 3_600_000
const monday = Date.UTC(2026, 10, 16)
const week = { from: monday, to: monday + 7 * 24 * hour }

/** Hours from Monday, midnight. */
type When = readonly [hours: number, command: Command, given: Facts]

const reply: Command = { _tag: 'Reply', parts: text('Bonjour') }
const customer = (over: Partial<Facts> = {}): Facts => fromCustomer({ start, ...over })
const bots = { account: { ...facts().account, bots: true } }
const engine: Facts = facts({ actor: { kind: 'system', id: 'engine' } })

const journal = (...steps: ReadonlyArray<When>): ReadonlyArray<Entry> => {
  const entries: Array<Entry> = []
  let state: ReturnType<typeof evolve>
  for (const [hours, command, given] of steps) {
    const next = step(state, command, { ...given, now: monday + hours * hour })
    if (next.refusal !== null) throw new Error(`${command._tag}: ${JSON.stringify(next.refusal)}`)
    entries.push(...next.entries)
    state = next.state
  }
  return entries
}

const real = (_: string, from: number, to: number): number => to - from

const report = (
  journals: ReadonlyArray<ReadonlyArray<Entry>>,
  over: Partial<ReportRequest> & { readonly by: ReportBy },
): Report => {
  const request = { ...week, departmentOf: () => undefined, ...over }
  return reportOf(
    journals.map((entries) => measure(entries, request, real)),
    request,
  )
}

const blank: ReportRow = {
  key: '',
  started: 0,
  received: 0,
  sent: 0,
  closed: 0,
  firstResponse: { count: 0, median: null, p90: null },
  resolution: { count: 0, median: null, p90: null },
  load: 0,
  botContainment: null,
  slaMissed: 0,
}
const took = (...hours: ReadonlyArray<number>) => {
  const [median = 0, p90 = median] = hours
  return { count: 1, median: median * hour, p90: p90 * hour }
}
const row = (over: Partial<ReportRow>): ReportRow => ({ ...blank, ...over })
const keyed = ({ rows }: Report) => Object.fromEntries(rows.map((one) => [one.key, one]))

describe('G36 figures are a fold of the journal', () => {
  /** Written on Monday, answered by Ana after two hours, again on Tuesday, closed by Ben on Wednesday. */
  const usual = journal(
    [10, receive('Bonjour'), customer()],
    [12, reply, by('ana')],
    [30, receive('encore'), customer()],
    [31, { _tag: 'AddNote', parts: text('à voir') }, by('ben')],
    [32, { _tag: 'Tag', tags: ['vip', 'late'] }, by('ana')],
    [58, { _tag: 'Close' }, by('chloe')],
  )

  it('volume, first response, and resolution of one conversation', () => {
    expect(report([usual], { by: 'queue' })).toEqual({
      ...week,
      by: 'queue',
      rows: [
        row({
          key: 'service',
          started: 1,
          received: 2,
          sent: 1,
          closed: 1,
          firstResponse: took(2),
          resolution: took(48),
        }),
      ],
      total: row({ started: 1, received: 2, sent: 1, closed: 1, firstResponse: took(2), resolution: took(48) }),
    })
  })

  it('only what happened in the time is counted, whatever came before it', () => {
    const tuesday = { from: monday + 24 * hour, to: monday + 48 * hour }
    expect(report([usual], { ...tuesday, by: 'queue' }).total).toEqual(row({ received: 1, load: 1 }))
    const wednesday = { from: monday + 48 * hour, to: monday + 72 * hour }
    expect(report([usual], { ...wednesday, by: 'queue' }).total).toEqual(row({ closed: 1, resolution: took(48) }))
  })

  it('a load is what is open at the end of each day', () => {
    const days = keyed(report([usual], { by: 'day' }))
    expect(Object.keys(days)).toEqual(['2026-11-16', '2026-11-17', '2026-11-18'])
    expect(Object.values(days).map(({ load }) => load)).toEqual([1, 1, 0])
    expect(Object.values(days).map(({ received }) => received)).toEqual([1, 1, 0])
  })

  it('who answers and who closes is counted with what they did', () => {
    const agents = keyed(report([usual], { by: 'agent' }))
    expect(agents['ana']).toEqual(row({ key: 'ana', started: 1, received: 1, sent: 1, firstResponse: took(2) }))
    expect(agents['chloe']).toEqual(row({ key: 'chloe', closed: 1, resolution: took(48) }))
    expect(agents['']).toEqual(row({ received: 1 }))
  })

  it('a conversation counts under each of its tags, and once in the total', () => {
    const untagged = journal([11, receive('Bonjour'), customer()])
    const tagged = report([usual, untagged], { by: 'tag' })
    expect(tagged.rows.map(({ key, started }) => [key, started])).toEqual([
      ['late', 1],
      ['vip', 1],
      ['', 1],
    ])
    expect(tagged.total.started).toBe(2)
    expect(report([usual, untagged], { by: 'tag', tag: 'vip' }).total.started).toBe(1)
  })

  it('after a transfer the rest is counted where it goes on', () => {
    const moved = journal(
      [10, receive('Bonjour'), customer()],
      [11, { _tag: 'Transfer', to: { queue: 'deliveries' } }, by('ana')],
      [13, reply, by('ben')],
    )
    const queues = keyed(report([moved], { by: 'queue' }))
    expect(queues['service']).toEqual(row({ key: 'service', started: 1, received: 1 }))
    expect(queues['deliveries']).toEqual(row({ key: 'deliveries', sent: 1, firstResponse: took(3), load: 1 }))
    expect(report([moved], { by: 'queue', queue: 'deliveries' }).total).toEqual(
      row({ sent: 1, firstResponse: took(3), load: 1 }),
    )
    const departments = report([moved], { by: 'department', departmentOf: (queue) => `the ${queue}` })
    expect(departments.rows.map(({ key }) => key)).toEqual(['the deliveries', 'the service'])
  })

  it('a first response counts from the handover by a bot, and no answer of a bot is one', () => {
    const handed = journal(
      [10, receive('Bonjour'), customer(bots)],
      [11, reply, facts({ actor: { kind: 'bot', id: 'helper' }, ...bots })],
      [20, { _tag: 'HandOver' }, engine],
      [21, reply, by('ana', bots)],
      [25, { _tag: 'Close' }, by('ana', bots)],
    )
    expect(report([handed], { by: 'queue' }).total).toEqual(
      row({
        started: 1,
        received: 1,
        sent: 2,
        closed: 1,
        firstResponse: took(1),
        resolution: took(15),
        botContainment: 0,
      }),
    )
  })

  it('a bot contains what it closes without a person', () => {
    const contained = journal(
      [10, receive('Bonjour'), customer(bots)],
      [11, { _tag: 'Close' }, facts({ actor: { kind: 'bot', id: 'helper' }, ...bots })],
    )
    const byHand = journal([10, receive('Bonjour'), customer(bots)], [11, { _tag: 'Close' }, by('ana', bots)])
    const never = journal([10, receive('Bonjour'), customer()], [11, { _tag: 'Close' }, by('ana')])
    expect(report([contained], { by: 'queue' }).total.botContainment).toBe(1)
    expect(report([contained, byHand], { by: 'queue' }).total.botContainment).toBe(0.5)
    expect(report([never], { by: 'queue' }).total.botContainment).toBeNull()
  })

  it('what was closed unanswered and comes back is not waited for in between', () => {
    const back = journal(
      [10, receive('Bonjour'), customer()],
      [11, { _tag: 'Close' }, by('ana')],
      [50, receive('encore'), customer()],
      [51, reply, by('ana')],
      [53, { _tag: 'Close' }, by('ana')],
    )
    const { firstResponse, resolution } = report([back], { by: 'queue' }).total
    expect(firstResponse).toEqual(took(1))
    expect(resolution).toEqual({ count: 2, median: 2 * hour, p90: 3 * hour })
  })

  it('machines are not counted as customers', () => {
    const absent: Command = { _tag: 'Receive', message: { ...receive('absent').message, automatic: 'reply' } }
    const answered = journal([10, receive('Bonjour'), customer()], [11, absent, customer()])
    expect(report([answered], { by: 'queue' }).total.received).toBe(1)
  })

  it('missed promises are counted where they were missed', () => {
    const policy = {
      id: 'p',
      name: 'P',
      when: {},
      firstResponse: hour,
      nextResponse: null,
      resolution: null,
      hours: null,
    }
    const sla = { policies: [policy], after: (_: string | null, from: number, ms: number) => from + ms }
    const missed = journal(
      [10, receive('Bonjour'), customer({ sla })],
      [11, { _tag: 'MissSla', target: 'firstResponse' }, { ...engine, sla }],
    )
    expect(report([missed], { by: 'queue' }).total.slaMissed).toBe(1)
  })

  it('durations are business time where the queue has hours', () => {
    const [only] = [usual].map((entries) =>
      measure(entries, week, (queue, from, to) => (queue === 'service' ? (to - from) / 4 : 0)),
    )
    expect(only?.events.filter(({ ms }) => ms !== undefined).map(({ ms }) => ms)).toEqual([hour / 2, 12 * hour])
  })

  it('imported messages count when they were written, and when they were closed is not known', () => {
    const message = { author: { kind: 'contact', id: 'claire' }, parts: text('Bonjour'), matched: 'none' } as const
    const begin = {
      ...start,
      account: 'site',
      channel: 'livechat',
      queue: 'service',
      control: 'team' as const,
      subject: null,
    }
    const from = { source: 'old desk' }
    const at = monday + 6 * 24 * hour
    const imported: ReadonlyArray<Entry> = [
      {
        seq: 1,
        at,
        actor: engine.actor,
        what: {
          _tag: 'MessageMovedIn',
          from,
          start: begin,
          message: { direction: 'in', sentAt: monday + hour, ...message },
        },
      },
      {
        seq: 2,
        at,
        actor: engine.actor,
        what: {
          _tag: 'MessageMovedIn',
          from,
          message: {
            direction: 'out',
            sentAt: monday + 3 * hour,
            author: { kind: 'agent', id: 'ana' },
            parts: text('Oui'),
          },
        },
      },
      { seq: 3, at, actor: engine.actor, what: { _tag: 'Closed', control: 'team' } },
    ]
    const days = keyed(report([imported], { by: 'day' }))
    expect(days).toEqual({
      '2026-11-16': row({ key: '2026-11-16', started: 1, received: 1, sent: 1, firstResponse: took(2) }),
    })
  })

  it('what was deleted is not counted', () => {
    const gone = journal([10, receive('Bonjour'), customer()], [11, { _tag: 'Delete' }, by('chloe')])
    expect(report([gone], { by: 'queue' })).toEqual({ ...week, by: 'queue', rows: [], total: blank })
  })
})

describe('a report as CSV', () => {
  const lines = (key: string): string => csvOf({ ...week, by: 'tag', rows: [row({ key })], total: blank })

  it('has a header, a line for each row, and the total, each ending as RFC 4180 says', () => {
    const [header, first, total, end] = lines('vip').split('\r\n')
    expect(header?.startsWith('tag,started,received,sent,closed')).toBe(true)
    expect(first).toBe('vip,0,0,0,0,0,,,0,,,0,,0')
    expect(total?.startsWith('total,')).toBe(true)
    expect(end).toBe('')
  })

  it.each([
    ['=HYPERLINK("http://example.org")', `"'=HYPERLINK(""http://example.org"")"`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@sum', `'@sum`],
    ['\t=1', `'\t=1`],
    ['a, "b"', '"a, ""b"""'],
    ['two\nlines', '"two\nlines"'],
    ['été', 'été'],
  ])('writes %j as text', (key, cell) => {
    expect(lines(key).split('\r\n')[1]).toBe(`${cell},0,0,0,0,0,,,0,,,0,,0`)
  })
})
