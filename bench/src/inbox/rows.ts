import { countChanges } from '@guichet/engine/domain'
import { encodeId, facetsOf, writeConversation, writeEntry } from '@guichet/storage-sql'
import { type Drawn, draw, messageOf, rankOf, workspaces } from './population.ts'

/** Values by column, in the order in which the first of a table has them. */
export type Values = Readonly<Record<string, unknown>>

/** Takes rows of the stores' own tables; where a position is counted is the store's affair. */
export type Put = (table: string, row: Values) => unknown

/** The numbers that workspaces have in the tables. */
const numbers = new Map(workspaces.map((name, n) => [name, n + 1]))
const numberOf = ({ workspace }: Drawn): number => numbers.get(workspace) ?? 0

const putConversation = (put: Put, drawn: Drawn): void => {
  const { row } = drawn
  const ws = numberOf(drawn)
  const id = encodeId(row.id)
  const { expected: _, ...conversation } = writeConversation(ws, id, row, 0)
  put('conversation', conversation)
  for (const [kind, values] of facetsOf(conversation)) {
    for (const value of values) {
      put('facet', { ws, conv: id, kind, value, status: conversation.status, last_activity: row.lastActivity })
    }
  }
  // Whoever has a conversation has read it, but for the last word in one of ten.
  if (row.owner !== null) {
    put('read_mark', { ws, agent: row.owner, conv: id, read: row.inbound - (drawn.n % 10 === 0 ? 1 : 0) })
  }
}

const putMessage = (put: Put, drawn: Drawn, seq: number): void => {
  const ws = numberOf(drawn)
  put('entry', { ...writeEntry(ws, encodeId(drawn.row.id), 0, messageOf(drawn, seq)) })
}

const putLast = (put: Put, drawn: Drawn, seq: number): void => {
  putMessage(put, drawn, seq)
  if (drawn.row.lastBy !== 'agent') return
  const delivery = { account: drawn.row.account, status: 'sent', version: 1, data: '{"v":1}' }
  put('delivery', { pos: 0, ws: numberOf(drawn), conv: encodeId(drawn.row.id), seq, ...delivery })
}

/** Conversations that go on at the same time. */
const crowd = 10_000

/**
 * Every row of a store with so many conversations that lists, counts, timelines and search read. Messages come as they
 * would: many conversations go on at once, so that none of them lies in one place, and each gets its last message when
 * it was last active. Pauses after each message, and says how many there are, for whoever writes in portions.
 */
export function* putAll(size: number, put: Put): Generator<number> {
  let messages = 0
  for (const name of workspaces) put('workspace', { id: numbers.get(name), name })
  const counters = new Map<string, Map<string, number>>(workspaces.map((name) => [name, new Map()]))
  const byRank = new Uint32Array(size)
  for (let from = 0; from < size; from += crowd) {
    let going = Array.from({ length: Math.min(crowd, size - from) }, (_, at) => draw(from + at, size))
    for (const drawn of going) {
      byRank[rankOf(drawn.n, size)] = drawn.n
      putConversation(put, drawn)
      const sums = counters.get(drawn.workspace)
      for (const { scope, bucket, by } of countChanges(undefined, drawn.state)) {
        const key = `${bucket} ${scope}`
        sums?.set(key, (sums.get(key) ?? 0) + by)
      }
    }
    for (let seq = 1; going.length > 0; seq += 1) {
      going = going.filter(({ row }) => row.seq > seq)
      for (const drawn of going) {
        putMessage(put, drawn, seq)
        yield ++messages
      }
    }
  }
  for (const n of byRank) {
    const drawn = draw(n, size)
    putLast(put, drawn, drawn.row.seq)
    yield ++messages
  }
  for (const [name, sums] of counters) {
    for (const [key, n] of sums) {
      const space = key.indexOf(' ')
      put('counter', { ws: numbers.get(name), scope: key.slice(space + 1), bucket: key.slice(0, space), n })
    }
  }
}
