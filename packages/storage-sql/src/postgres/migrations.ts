import type { Migration } from '../migrations.ts'

/**
 * Version 1 for PostgreSQL, in a schema of its own. Every key begins with the workspace and there is no sequence and no
 * trigger, so that the tables can be spread over machines by workspace. What is compared or sorted is collated by its
 * bytes, as in the other stores, whatever the database's language is.
 *
 * `stream_head` is both the last position of a workspace and its lock: a commit takes it first, so that commits of one
 * workspace come one after the other, positions have no gap, and nothing appears behind what was read already.
 *
 * Conversations are rewritten by every message: their pages keep room, and lists have as few indexes as in SQLite, for
 * the same reasons.
 */
const first: Migration = {
  version: 1,
  statements: [
    `create table guichet.workspace (id integer primary key, name text collate "C" not null unique)`,
    `create table guichet.stream_head (ws integer primary key, pos bigint not null) with (fillfactor = 20)`,

    `create table guichet.conversation (
      ws integer not null, id bytea not null,
      version bigint not null, seq bigint not null,
      account text collate "C" not null, channel text collate "C" not null, contact bytea not null,
      status smallint not null, control smallint not null, queue text collate "C", owner text collate "C",
      inbound bigint not null, last_by smallint, last_activity bigint not null,
      subject text, preview text, facets text, deleted smallint not null, data text not null,
      primary key (ws, id)
    ) with (fillfactor = 80)`,
    `create index list_all on guichet.conversation (ws, status, last_activity, id) where deleted = 0`,
    `create index list_queue on guichet.conversation (ws, queue, status, last_activity, id)
      where deleted = 0 and queue is not null`,
    `create index list_owner on guichet.conversation (ws, owner, status, last_activity, id)
      where deleted = 0 and owner is not null`,
    `create index list_unowned on guichet.conversation (ws, status, last_activity, id, queue, control, last_by)
      where deleted = 0 and owner is null`,
    `create index list_contact on guichet.conversation (ws, contact) where deleted = 0`,

    `create table guichet.facet (
      ws integer not null, conv bytea not null, kind smallint not null, value text collate "C" not null,
      status smallint not null, last_activity bigint not null,
      primary key (ws, conv, kind, value)
    )`,
    `create index list_facet on guichet.facet (ws, kind, value, status, last_activity, conv)`,

    `create table guichet.identity (
      ws integer not null, account text collate "C" not null, address text collate "C" not null,
      contact bytea not null, conv bytea, verified smallint not null, version bigint not null,
      primary key (ws, account, address)
    )`,
    `create index identity_contact on guichet.identity (ws, contact)`,
    `create table guichet.document (
      ws integer not null, kind text collate "C" not null, id bytea not null,
      version bigint not null, parent bytea, words text not null, terms jsonb not null, data text not null,
      primary key (ws, kind, id)
    )`,
    `create index document_parent on guichet.document (ws, kind, parent, id) where parent is not null`,
    `create table guichet.document_word (
      ws integer not null, kind text collate "C" not null, word text collate "C" not null, id bytea not null,
      primary key (ws, kind, word, id)
    )`,
    `create table guichet.external (
      ws integer not null, account text collate "C" not null, external_id text collate "C" not null,
      conv bytea not null, seq bigint not null, at bigint not null,
      primary key (ws, account, external_id)
    )`,

    `create table guichet.entry (
      ws integer not null, conv bytea not null, seq bigint not null, pos bigint not null,
      kind smallint not null, type text collate "C" not null, actor_kind smallint not null, actor bytea not null,
      at bigint not null, body text, data text not null,
      primary key (ws, conv, seq)
    )`,
    `create unique index entry_stream on guichet.entry (ws, pos)`,
    `create table guichet.delivery (
      ws integer not null, conv bytea not null, seq bigint not null, pos bigint not null,
      account text collate "C" not null, status text collate "C" not null, version bigint not null, data text not null,
      primary key (ws, conv, seq)
    )`,
    `create unique index delivery_stream on guichet.delivery (ws, pos)`,
    `create table guichet.amendment (
      ws integer not null, conv bytea not null, seq bigint not null, data text not null,
      primary key (ws, conv, seq)
    )`,

    `create table guichet.work (
      ws integer not null, id bytea not null,
      kind text collate "C" not null, lane text collate "C" not null, due bigint not null,
      key text collate "C", payload text not null,
      attempts bigint not null, lease bigint not null, head smallint not null,
      primary key (ws, id)
    )`,
    `create index work_lane on guichet.work (ws, kind, lane, id)`,
    `create unique index work_head on guichet.work (ws, kind, lane) where head = 1`,
    `create unique index work_key on guichet.work (ws, kind, key) where key is not null`,
    `create index work_waiting on guichet.work (kind, due, id) where head = 1 and lease = 0`,
    `create index work_leased on guichet.work (kind, lease) where head = 1 and lease > 0`,
    `create index work_upcoming on guichet.work (ws, due, id)`,

    `create table guichet.parked (
      ws integer not null, id bytea not null, account text collate "C" not null, external_id text collate "C" not null,
      at bigint not null, data text not null,
      primary key (ws, id)
    )`,
    `create index parked_external on guichet.parked (ws, account, external_id, id)`,
    `create table guichet.draft (
      ws integer not null, conv bytea not null, agent text collate "C" not null, mode text collate "C" not null,
      at bigint not null, data text not null,
      primary key (ws, conv, agent, mode)
    )`,
    `create table guichet.setting (
      ws integer not null, kind text collate "C" not null, id text collate "C" not null, data text not null,
      primary key (ws, kind, id)
    )`,
    `create table guichet.quarantine (
      ws integer not null, id bytea not null, account text collate "C" not null, at bigint not null,
      reason text not null, head text not null, body bytea not null,
      primary key (ws, id)
    )`,
    `create table guichet.counter (
      ws integer not null, scope text collate "C" not null, bucket text collate "C" not null, n bigint not null,
      primary key (ws, scope, bucket)
    ) with (fillfactor = 50)`,
    `create table guichet.read_mark (
      ws integer not null, agent text collate "C" not null, conv bytea not null, read bigint not null,
      primary key (ws, agent, conv)
    ) with (fillfactor = 90)`,

    // The words only, each with its workspace before it, so that a small workspace does not walk through the hits of a
    // large one. Filled behind the commits, up to the mark. What the index has yet to sort in is read by every search: it
    // is kept short.
    `create table guichet.search (ws integer not null, pos bigint not null, words tsvector not null, primary key (ws, pos))`,
    `create index search_words on guichet.search using gin (words) with (gin_pending_list_limit = 256)`,
    `create table guichet.search_mark (ws integer primary key, pos bigint not null)`,
  ],
}

/** By rising version, without gaps. The schema is called `guichet` in them. */
export const postgresMigrations: ReadonlyArray<Migration> = [first]
