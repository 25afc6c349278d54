import type { StoredDocument } from '@guichet/engine/ports'
import { written } from '@guichet/storage-sql'
import { sql } from 'kysely'
import { jsons, keys, numbers, texts } from '../arrays.ts'
import { type Arrays, type Columns, must, names, namesOf, rows } from '../columns.ts'
import { encodeKey } from '../keys.ts'
import type { InWorkspace } from '../statement.ts'
import { termsOf } from '../terms.ts'
import type { Part } from './changes.ts'

const columns = {
  kind: 'text',
  id: 'bytea',
  version: 'bigint',
  parent: 'bytea',
  words: 'text',
  /** The words as they are searched, each once: what of them has gone is found without reading the document first. */
  terms: 'jsonb',
  data: 'text',
} as const satisfies Columns

const insert = written<InWorkspace & Arrays<typeof columns>>()(
  (p) => sql`
    with i as (select * from ${rows(columns, p)}),
    found as (
      insert into guichet.document_word (ws, kind, word, id)
      select ${p.ws}::integer, i.kind, t.word, i.id from i, jsonb_array_elements_text(i.terms) t(word)
    )
    insert into guichet.document (ws, ${names(columns)}) select ${p.ws}::integer, ${namesOf('i', columns)} from i`,
)

const update = written<InWorkspace & Arrays<typeof columns> & { readonly n: number }>()(
  (p) => sql`
    with i as (select * from ${rows(columns, p)}),
    renamed as (
      select i.kind, i.id, d.terms as former, i.terms
      from i join guichet.document d on d.ws = ${p.ws} and d.kind = i.kind and d.id = i.id
      where d.terms <> i.terms and d.version = i.version - 1
    ),
    lost as (
      delete from guichet.document_word w using renamed r, jsonb_array_elements_text(r.former) t(word)
      where w.ws = ${p.ws} and w.kind = r.kind and w.word = t.word and w.id = r.id and not r.terms ? t.word
    ),
    found as (
      insert into guichet.document_word (ws, kind, word, id)
      select ${p.ws}::integer, r.kind, t.word, r.id from renamed r, jsonb_array_elements_text(r.terms) t(word)
      where not r.former ? t.word
    ),
    done as (
      update guichet.document d
      set version = i.version, parent = i.parent, words = i.words, terms = i.terms, data = i.data from i
      where d.ws = ${p.ws} and d.kind = i.kind and d.id = i.id and d.version = i.version - 1
      returning 1
    )
    select ${must(sql`(select count(*) from done) = ${p.n}`)}`,
)

/** What is not there has version 0. */
const remove = written<InWorkspace & { readonly kind: string; readonly id: Buffer; readonly expected: number }>()(
  (p) => sql`
    with former as (
      select version, terms from guichet.document where ws = ${p.ws} and kind = ${p.kind} and id = ${p.id}
    ),
    lost as (
      delete from guichet.document_word w using former f, jsonb_array_elements_text(f.terms) t(word)
      where w.ws = ${p.ws} and w.kind = ${p.kind} and w.word = t.word and w.id = ${p.id}
    ),
    gone as (delete from guichet.document where ws = ${p.ws} and kind = ${p.kind} and id = ${p.id})
    select ${must(sql`coalesce((select version from former), 0) = ${p.expected}`)}`,
)

const arrays = (of: ReadonlyArray<StoredDocument>): Arrays<typeof columns> => ({
  kind: texts(of.map(({ kind }) => kind)),
  id: keys(of.map(({ id }) => id)),
  version: numbers(of.map(({ version }) => version)),
  parent: keys(of.map(({ parent }) => parent)),
  words: texts(of.map(({ words }) => words)),
  terms: jsons(of.map(({ words }) => JSON.stringify(words === '' ? [] : [...new Set(termsOf(words))]))),
  data: texts(of.map(({ data }) => data)),
})

/** Each document once in a round, in the order in which they are named: what comes later sees what came before. */
const rounds = (documents: ReadonlyArray<StoredDocument>): ReadonlyArray<ReadonlyArray<StoredDocument>> => {
  const seen = new Map<string, number>()
  const all: Array<Array<StoredDocument>> = []
  for (const document of documents) {
    const key = JSON.stringify([document.kind, document.id])
    const round = seen.get(key) ?? 0
    seen.set(key, round + 1)
    if (all[round] === undefined) all.push([document])
    else all[round].push(document)
  }
  return all
}

export const documentCalls: Part = ({ ws, changeset, statement }) =>
  rounds(changeset.documents).flatMap((documents) => {
    const kept = documents.filter(({ data }) => data !== null)
    const fresh = kept.filter(({ version }) => version === 1)
    const known = kept.filter(({ version }) => version !== 1)
    return [
      ...documents
        .filter(({ data }) => data === null)
        .map(({ kind, id, version }) => statement(remove)({ ws, kind, id: encodeKey(id), expected: version - 1 })),
      ...(fresh.length === 0 ? [] : [statement(insert)({ ws, ...arrays(fresh) })]),
      ...(known.length === 0 ? [] : [statement(update)({ ws, n: known.length, ...arrays(known) })]),
    ]
  })
