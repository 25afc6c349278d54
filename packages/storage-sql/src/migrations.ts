import { indexedLengths } from './words.ts'

/** A step from one version of the tables to the next. */
export interface Migration {
  readonly version: number
  readonly statements: ReadonlyArray<string>
}

/**
 * Version 1 for SQLite. Small rows that are found by key are clustered on it (`without rowid`); the journal is not,
 * because wide rows that are only appended cost a quarter less to write in a table that grows at its end.
 *
 * A list index is rewritten by every message of its conversation, so there are few: each row is in `list_all`, in
 * `list_queue` if it has a queue, and in one of `list_owner` and `list_unowned`. The status stands before the time in
 * each of them, so what is open is one dense range, however much is closed. `list_unowned` also holds what "unanswered"
 * asks for: where everything is answered, that tab reads through all of the range and finds nothing.
 */
const first: Migration = {
  version: 1,
  statements: [
    `create table workspace (id integer primary key, name text not null unique)`,

    `create table conversation (
      ws integer not null, id blob not null,
      version integer not null, seq integer not null,
      account text not null, channel text not null, contact blob not null,
      status integer not null, control integer not null, queue text, owner text,
      inbound integer not null, last_by integer, last_activity integer not null,
      subject text, preview text, facets text, deleted integer not null, data text not null,
      primary key (ws, id)
    ) without rowid`,
    `create index list_all on conversation (ws, status, last_activity, id) where deleted = 0`,
    `create index list_queue on conversation (ws, queue, status, last_activity, id)
      where deleted = 0 and queue is not null`,
    `create index list_owner on conversation (ws, owner, status, last_activity, id)
      where deleted = 0 and owner is not null`,
    `create index list_unowned on conversation (ws, status, last_activity, id, queue, owner, control, last_by)
      where deleted = 0 and owner is null`,
    `create index list_contact on conversation (ws, contact) where deleted = 0`,

    `create table facet (
      ws integer not null, conv blob not null, kind integer not null, value text not null,
      status integer not null, last_activity integer not null,
      primary key (ws, conv, kind, value)
    ) without rowid`,
    `create index list_facet on facet (ws, kind, value, status, last_activity, conv)`,

    `create table identity (
      ws integer not null, account text not null, address text not null,
      contact blob not null, conv blob, verified integer not null, version integer not null,
      primary key (ws, account, address)
    ) without rowid`,
    `create index identity_contact on identity (ws, contact)`,
    `create table document (
      ws integer not null, kind text not null, id blob not null,
      version integer not null, parent blob, words text not null, data text not null,
      primary key (ws, kind, id)
    ) without rowid`,
    `create index document_parent on document (ws, kind, parent, id) where parent is not null`,
    `create table document_word (
      ws integer not null, kind text not null, word text not null, id blob not null,
      primary key (ws, kind, word, id)
    ) without rowid`,
    `create table external (
      ws integer not null, account text not null, external_id text not null,
      conv blob not null, seq integer not null, at integer not null,
      primary key (ws, account, external_id)
    ) without rowid`,

    `create table entry (
      pos integer primary key,
      ws integer not null, conv blob not null, seq integer not null,
      kind integer not null, type text not null, actor_kind integer not null, actor blob not null,
      at integer not null, body text, data text not null,
      unique (ws, conv, seq)
    )`,
    `create index entry_stream on entry (ws)`,
    `create table delivery (
      pos integer primary key,
      ws integer not null, conv blob not null, seq integer not null,
      account text not null, status text not null, version integer not null, data text not null,
      unique (ws, conv, seq)
    )`,
    `create index delivery_stream on delivery (ws)`,
    `create table amendment (
      ws integer not null, conv blob not null, seq integer not null, data text not null,
      primary key (ws, conv, seq)
    ) without rowid`,

    `create table work (
      ws integer not null, id blob not null,
      kind text not null, lane text not null, due integer not null, key text, payload text not null,
      attempts integer not null, lease integer not null, head integer not null,
      primary key (ws, id)
    ) without rowid`,
    `create index work_lane on work (ws, kind, lane, id)`,
    `create unique index work_key on work (ws, kind, key) where key is not null`,
    `create index work_waiting on work (kind, due, id) where head = 1 and lease = 0`,
    `create index work_leased on work (kind, lease) where head = 1 and lease > 0`,
    `create index work_upcoming on work (ws, due, id)`,

    `create table parked (
      ws integer not null, id blob not null, account text not null, external_id text not null,
      at integer not null, data text not null,
      primary key (ws, account, external_id, id),
      unique (ws, id)
    ) without rowid`,
    `create table draft (
      ws integer not null, conv blob not null, agent text not null, mode text not null,
      at integer not null, data text not null,
      primary key (ws, conv, agent, mode)
    ) without rowid`,
    `create table setting (
      ws integer not null, kind text not null, id text not null, data text not null,
      primary key (ws, kind, id)
    ) without rowid`,
    `create table quarantine (
      pos integer primary key,
      ws integer not null, id blob not null, account text not null, at integer not null,
      reason text not null, head text not null, body blob not null,
      unique (ws, id)
    )`,
    `create table counter (
      ws integer not null, scope text not null, bucket text not null, n integer not null,
      primary key (ws, scope, bucket)
    ) without rowid`,
    `create table read_mark (
      ws integer not null, agent text not null, conv blob not null, read integer not null,
      primary key (ws, agent, conv)
    ) without rowid`,

    // The words only, neither a copy of the text nor where in it they stand; `ws` is a word too, so that a small
    // workspace does not walk through the hits of a large one. Beginnings are words of their own: what is typed is found
    // before it is a word, and the newest first without reading all the others. Filled behind the commits, up to the
    // mark. What is erased leaves the index at once, not when its pages are next merged.
    `create virtual table search using fts5 (
      ws, body, content = '', detail = column, prefix = '${indexedLengths.join(' ')}',
      tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Mc'"
    )`,
    `insert into search (search, rank) values ('secure-delete', 1)`,
    `create table search_mark (pos integer not null)`,
    `insert into search_mark (pos) values (0)`,
  ],
}

/** By rising version, without gaps. */
export const sqliteMigrations: ReadonlyArray<Migration> = [first]

/** What leads from `version` to the newest; undefined when the tables are newer than this library. */
export const pendingMigrations = (
  migrations: ReadonlyArray<Migration>,
  version: number,
): ReadonlyArray<Migration> | undefined => {
  const newest = migrations.at(-1)?.version ?? 0
  return version > newest ? undefined : migrations.filter((migration) => migration.version > version)
}
