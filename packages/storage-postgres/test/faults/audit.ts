import pg from 'pg'
import type { Finding } from '../../../../tooling/faults/harness.ts'
import type { Ledger } from './ledger.ts'

/** What must hold at any moment, asked in SQL and without the store; each finds rows that break it. */
const laws: Readonly<Record<string, string>> = {
  'a conversation has as many entries as its number says': `
    select c.id from conversation c left join entry e on e.ws = c.ws and e.conv = c.id
    group by c.ws, c.id having count(e.pos) <> c.seq or max(e.seq) <> c.seq`,
  'every position belongs to one thing that happened': `
    select h.ws from stream_head h where h.pos <> (select count(*) from entry e where e.ws = h.ws)
      + (select coalesce(sum(d.version), 0) from delivery d where d.ws = h.ws)`,
  'the counter of open conversations is their number': `
    select w.id from workspace w where
      (select coalesce(sum(n), 0) from counter where ws = w.id and scope = 'all' and bucket = 'open')
      <> (select count(*) from conversation where ws = w.id and status = 0 and control = 0 and deleted = 0)`,
  'what came in has one external id': `
    select e.pos from entry e where e.kind = 0
      and (select count(*) from external x where x.ws = e.ws and x.conv = e.conv and x.seq = e.seq) <> 1`,
  'an answer has its delivery': `
    select e.pos from entry e where e.kind = 1
      and not exists (select from delivery d where d.ws = e.ws and d.conv = e.conv and d.seq = e.seq)`,
  'a customer is heard in order': `
    select e.pos from entry e join entry later on later.ws = e.ws and later.conv = e.conv and later.seq > e.seq
    where e.kind = 0 and later.kind = 0
      and split_part(e.body, '.', 2)::integer >= split_part(later.body, '.', 2)::integer`,
}

interface Row {
  readonly body: string
  readonly kind: number
  readonly status: string | null
}

const inbound = 0
const outbound = 1

const countedBy = <A>(all: ReadonlyArray<A>, keyOf: (one: A) => string): ReadonlyMap<string, ReadonlyArray<A>> => {
  const groups = new Map<string, A[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group === undefined) groups.set(keyOf(one), [one])
    else group.push(one)
  }
  return groups
}

/** What was acknowledged is there, once. What was not may be there, once. */
const amongEntries = (acknowledged: ReadonlySet<string>, rows: ReadonlyArray<Row>): ReadonlyArray<Finding> => {
  const found = countedBy(rows, ({ body }) => body)
  return [
    ...[...acknowledged]
      .filter((text) => !found.has(text))
      .map((text): Finding => ({ kind: 'lost', what: `"${text}" was acknowledged and is not there` })),
    ...[...found]
      .filter(([, all]) => all.length > 1)
      .map(([text, all]): Finding => ({ kind: 'doubled', what: `"${text}" is there ${all.length} times` })),
  ]
}

/** Every answer has come to an end, and the provider has it as often as that says. */
const amongDeliveries = (rows: ReadonlyArray<Row>, handed: Ledger['handed']): ReadonlyArray<Finding> =>
  rows.flatMap(({ body, status }): ReadonlyArray<Finding> => {
    const times = handed.get(body)?.length ?? 0
    if (status === 'uncertain') return []
    if (status !== 'sent') return [{ kind: 'stuck', what: `"${body}" is ${status}` }]
    if (times === 0) return [{ kind: 'lost', what: `"${body}" was sent and never handed over` }]
    return times === 1 ? [] : [{ kind: 'doubled', what: `"${body}" was handed over ${times} times, without a word` }]
  })

export interface Audited {
  readonly findings: ReadonlyArray<Finding>
  readonly entries: number
  /** Answers of which nobody knows whether they have arrived, and which say so. */
  readonly uncertain: number
}

/** Reads a database around the store, when nobody writes any more. */
export const audit = async (url: string, ledger: Ledger): Promise<Audited> => {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=guichet' })
  await client.connect()
  try {
    const broken: Finding[] = []
    for (const [law, query] of Object.entries(laws)) {
      const { rowCount } = await client.query(query)
      if (rowCount !== 0) broken.push({ kind: 'broken', what: `${rowCount} times it does not hold that ${law}` })
    }
    const { rows } = await client.query<Row>(`
      select e.body, e.kind, d.status from entry e
      left join delivery d on d.ws = e.ws and d.conv = e.conv and d.seq = e.seq`)
    const answers = rows.filter(({ kind }) => kind === outbound)
    return {
      findings: [
        ...broken,
        ...amongEntries(
          ledger.received,
          rows.filter(({ kind }) => kind === inbound),
        ),
        ...amongEntries(ledger.replied, answers),
        ...amongDeliveries(answers, ledger.handed),
      ],
      entries: rows.length,
      uncertain: answers.filter(({ status }) => status === 'uncertain').length,
    }
  } finally {
    await client.end()
  }
}
