import type { DocumentQuery, StoredDocument } from '@guichet/engine/ports'
import { afterWord, type DocumentTable, hasBeginnings, readDocument, rowLimit, written } from '@guichet/storage-sql'
import { type RawBuilder, sql } from 'kysely'
import { type ArrayParameter, keys, texts } from './arrays.ts'
import type { Connection } from './connection.ts'
import { encodeKey } from './keys.ts'
import { termsOf } from './terms.ts'

interface OfKind {
  readonly ws: number
  readonly kind: string
}

/** Pages go down from just below an id. */
interface PageParams extends OfKind {
  readonly below: Buffer
  readonly limit: number
}

const columns = sql.raw('d.ws, d.kind, d.id, d.version, d.parent, d.words, d.data')

const downFrom = (p: PageParams, parent: RawBuilder<unknown>): RawBuilder<DocumentTable> => sql`
  select ${columns} from guichet.document d
  where d.ws = ${p.ws} and d.kind = ${p.kind} and ${parent} and d.id < ${p.below}
  order by d.id desc limit ${p.limit}`

const page = written<PageParams, DocumentTable>()((p) => downFrom(p, sql`true`))
const pageUnder = written<PageParams & { readonly parent: Buffer }, DocumentTable>()((p) =>
  downFrom(p, sql`d.parent = ${p.parent}`),
)

/** How many words begin like this, counted no further than `limit`. */
const frequencies = written<
  OfKind & { readonly from: ArrayParameter; readonly before: ArrayParameter; readonly limit: number },
  { readonly n: number }
>()(
  (p) => sql`
    select (select count(*)::integer from (
      select from guichet.document_word w
      where w.ws = ${p.ws} and w.kind = ${p.kind} and w.word >= v.from_word and w.word < v.before_word limit ${p.limit}
    ) counted) as n
    from unnest(${p.from}::text[], ${p.before}::text[]) with ordinality as v(from_word, before_word, ord) order by v.ord`,
)

/** Documents that have such a word, and what else they are found by: only asked for when they are few. */
const candidates = written<
  PageParams & { readonly from: string; readonly before: string; readonly parent: Buffer | null },
  { readonly id: string; readonly words: string }
>()(
  (p) => sql`
    select d.id, d.words from (
      select distinct w.id from guichet.document_word w
      where w.ws = ${p.ws} and w.kind = ${p.kind} and w.word >= ${p.from} and w.word < ${p.before} and w.id < ${p.below}
    ) w cross join lateral (
      select d.id, d.words, d.parent from guichet.document d
      where d.ws = ${p.ws} and d.kind = ${p.kind} and d.id = w.id offset 0
    ) d
    where ${p.parent}::bytea is null or d.parent = ${p.parent}
    order by d.id desc limit ${p.limit}`,
)

const named = written<OfKind & { readonly ids: ArrayParameter }, DocumentTable>()(
  (p) => sql`
    select ${columns} from guichet.document d
    where d.ws = ${p.ws} and d.kind = ${p.kind} and d.id = any(${p.ids}::bytea[])
    order by d.id desc`,
)

/** After every id there is: they are sixteen bytes long, or begin with a zero byte. */
const afterEveryId = Buffer.alloc(17, 0xff)

/** Fewer documents with a word than this are fetched and sorted; among more, a page is soon found on the way down. */
const fewAtMost = 1_000

/** How many documents are looked at together on the way down: more each time, as long as it goes on. */
const firstStride = 200
const longestStride = 3_200

interface Wanted extends OfKind {
  readonly parent: Buffer | undefined
  readonly starts: ReadonlyArray<string>
  readonly below: Buffer
  readonly limit: number
}

/** The start that the fewest documents have a word with, if they are few. */
const rarestStart = async (
  { readers, statement }: Connection,
  { ws, kind, starts }: Wanted,
): Promise<string | undefined> => {
  if (starts.length === 0) return undefined
  const from = texts(starts)
  const before = texts(starts.map((start) => start + afterWord))
  const [counted] = await readers.ask([statement(frequencies)({ ws, kind, from, before, limit: fewAtMost })])
  const least = Math.min(...counted.map(({ n }) => n))
  return least < fewAtMost ? starts[counted.findIndex(({ n }) => n === least)] : undefined
}

const throughWord = async (
  { readers, statement }: Connection,
  wanted: Wanted,
  start: string,
): Promise<ReadonlyArray<DocumentTable>> => {
  const { ws, kind, starts, parent = null, below, limit } = wanted
  const words = { from: start, before: start + afterWord }
  const few = starts.length === 1 ? limit : fewAtMost
  const [found] = await readers.ask([statement(candidates)({ ws, kind, parent, below, ...words, limit: few })])
  const ids = found.filter((row) => hasBeginnings(row.words, starts)).slice(0, limit)
  if (ids.length === 0) return []
  const [rows] = await readers.ask([statement(named)({ ws, kind, ids: keys(ids.map(({ id }) => id)) })])
  return rows
}

const downwards = async (
  { readers, statement }: Connection,
  { ws, kind, parent, starts, limit, ...wanted }: Wanted,
): Promise<ReadonlyArray<DocumentTable>> => {
  const found: DocumentTable[] = []
  let stride = starts.length === 0 ? limit : Math.max(limit, firstStride)
  let { below } = wanted
  for (;;) {
    const params = { ws, kind, below, limit: stride }
    const [rows] = await readers.ask([
      parent === undefined ? statement(page)(params) : statement(pageUnder)({ ...params, parent }),
    ])
    found.push(...rows.filter(({ words }) => hasBeginnings(words, starts)))
    const last = rows.at(-1)
    if (last === undefined || rows.length < stride || found.length >= limit) return found.slice(0, limit)
    below = encodeKey(last.id as string)
    stride = Math.max(limit, Math.min(stride * 2, longestStride))
  }
}

export const documents = async (
  connection: Connection,
  { workspace, kind, parent, words = [], after, ...query }: DocumentQuery,
): Promise<ReadonlyArray<StoredDocument>> => {
  const limit = rowLimit(query.limit)
  const starts = [...new Set(words.flatMap(termsOf))]
  if (limit === 0 || (words.length > 0 && starts.length === 0)) return []
  const ws = await connection.workspaces.find(workspace)
  if (ws === undefined) return []
  const wanted: Wanted = {
    ws,
    kind,
    parent: parent === undefined ? undefined : encodeKey(parent),
    starts,
    below: after === undefined ? afterEveryId : encodeKey(after),
    limit,
  }
  const start = await rarestStart(connection, wanted)
  const rows = start === undefined ? await downwards(connection, wanted) : await throughWord(connection, wanted, start)
  return rows.map(readDocument)
}
