import { sql } from 'kysely'
import type { Id } from '../ids.ts'
import type { DocumentTable, DocumentWordTable } from '../tables.ts'
import { pick, sqlite, template } from '../template.ts'
import { walking } from './walking.ts'

type DocumentKey = Pick<DocumentTable, 'ws' | 'kind' | 'id'>

/** Pages go down from just below an id. */
export interface DocumentPage {
  readonly below: Id
  readonly limit: number
}

/** Words that begin alike: from one on, up to another exclusively. */
export interface WordRange {
  readonly from: string
  readonly before: string
}

/** `list` is a JSON array of words. */
type Words = Pick<DocumentWordTable, 'ws' | 'kind' | 'id'> & { readonly list: string }

const columns = ['ws', 'kind', 'id', 'version', 'parent', 'words', 'data'] as const

const inRange = (p: Pick<DocumentWordTable, 'ws' | 'kind'> & WordRange) =>
  sqlite
    .selectFrom('document_word')
    .where('ws', '=', p.ws)
    .where('kind', '=', p.kind)
    .where('word', '>=', p.from)
    .where('word', '<', p.before)

/** What is kept beside conversations, and the words under which it is found. */
export const documentStatements = {
  document: template<DocumentKey>()((p) =>
    sqlite
      .selectFrom('document')
      .select(columns)
      .where('ws', '=', p.ws)
      .where('kind', '=', p.kind)
      .where('id', '=', p.id),
  ),
  insertDocument: template<DocumentTable>()((p) =>
    sqlite
      .insertInto('document')
      .values(pick(p, columns))
      .onConflict((oc) => oc.doNothing()),
  ),
  /** What no index holds. Changes nothing when something else differs: see `replaceDocument`. */
  keepDocument: template<DocumentTable & { readonly expected: number }>()((p) =>
    sqlite
      .updateTable('document')
      .set(pick(p, ['version', 'data']))
      .where('ws', '=', p.ws)
      .where('kind', '=', p.kind)
      .where('id', '=', p.id)
      .where('version', '=', p.expected)
      .where('parent', 'is', p.parent)
      .where('words', '=', p.words),
  ),
  replaceDocument: template<DocumentTable>()((p) =>
    sqlite
      .updateTable('document')
      .set(pick(p, ['version', 'parent', 'words', 'data']))
      .where('ws', '=', p.ws)
      .where('kind', '=', p.kind)
      .where('id', '=', p.id),
  ),
  deleteDocument: template<DocumentKey>()((p) =>
    sqlite.deleteFrom('document').where('ws', '=', p.ws).where('kind', '=', p.kind).where('id', '=', p.id),
  ),

  insertDocumentWords: template<Words>()((p) =>
    sqlite
      .insertInto('document_word')
      .columns(['ws', 'kind', 'word', 'id'])
      .expression(
        sqlite
          .selectFrom(sql<{ value: string }>`json_each(${p.list})`.as('each'))
          .select([
            sql<number>`${p.ws}`.as('ws'),
            sql<string>`${p.kind}`.as('kind'),
            'each.value',
            sql<Id>`${p.id}`.as('id'),
          ]),
      ),
  ),
  deleteDocumentWords: template<Words>()((p) =>
    sqlite
      .deleteFrom('document_word')
      .where('ws', '=', p.ws)
      .where('kind', '=', p.kind)
      .where('word', 'in', sql<string>`(select value from json_each(${p.list}))`)
      .where('id', '=', p.id),
  ),

  documents: template<Pick<DocumentTable, 'ws' | 'kind'> & DocumentPage>()((p) =>
    sqlite
      .selectFrom('document')
      .select(columns)
      .where('ws', '=', p.ws)
      .where('kind', '=', p.kind)
      .where('id', '<', p.below)
      .orderBy('id', 'desc')
      .limit(p.limit),
  ),
  documentsUnder: template<Pick<DocumentTable, 'ws' | 'kind'> & DocumentPage & { readonly parent: Id }>()((p) =>
    walking('document', 'd', 'document_parent')
      .select(columns)
      .where('ws', '=', p.ws)
      .where('kind', '=', p.kind)
      .where('parent', '=', p.parent)
      .where('id', '<', p.below)
      .orderBy('id', 'desc')
      .limit(p.limit),
  ),
  /** How many documents have such a word, counted no further than `limit`; one that has two counts twice. */
  documentsWithWord: template<Pick<DocumentWordTable, 'ws' | 'kind'> & WordRange & { readonly limit: number }>()((p) =>
    sqlite
      .selectFrom(inRange(p).select('word').limit(p.limit).as('some'))
      .select((eb) => eb.fn.countAll<number>().as('n')),
  ),
  /** Their ids, as the words lie: only asked for when they are few. */
  documentIdsWithWord: template<Pick<DocumentWordTable, 'ws' | 'kind'> & WordRange>()((p) => inRange(p).select('id')),
} as const
