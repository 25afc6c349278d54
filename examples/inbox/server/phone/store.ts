import { randomInt, randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import type { Line, NewMessage, Person, PhoneFile, PhoneMessage } from './message.ts'

export interface PhoneStore {
  readonly add: (message: NewMessage) => PhoneMessage
  /** Changes some of a message; undefined when there is none. A status never goes back. */
  readonly change: (
    externalId: string,
    change: Partial<Pick<PhoneMessage, 'status' | 'mine' | 'theirs'>>,
  ) => PhoneMessage | undefined
  readonly get: (externalId: string) => PhoneMessage | undefined
  /** The newest ones, oldest first. */
  readonly list: () => ReadonlyArray<PhoneMessage>
  /** On one telephone and one line, oldest first. */
  readonly thread: (line: Line, phone: string) => ReadonlyArray<PhoneMessage>
  /** What has been added or changed since that version, by whatever process. */
  readonly after: (version: number) => ReadonlyArray<PhoneMessage>
  /** The version of the last change; 0 when there is none. */
  readonly last: () => number
  /** Who has this number, with the name she has given last. */
  readonly person: (phone: string, name?: string) => Person
  readonly byPageScopedId: (id: string) => Person | undefined
  readonly people: () => ReadonlyArray<Person>
  readonly keepFile: (file: Omit<PhoneFile, 'id' | 'size'>, bytes: Uint8Array) => PhoneFile
  readonly file: (id: string) => { readonly file: PhoneFile; readonly bytes: Uint8Array } | undefined
  /** Whether this telephone takes nothing more from the shop's number. */
  readonly isStopped: (phone: string) => boolean
  readonly setStopped: (phone: string, stopped: boolean) => void
  /** Whether another application of the shop's page has what this telephone writes on Messenger. */
  readonly isElsewhere: (phone: string) => boolean
  readonly setElsewhere: (phone: string, elsewhere: boolean) => void
  readonly close: () => void
}

interface Row {
  readonly id: number
  readonly version: number
  readonly message: string
}

interface FileRow {
  readonly name: string
  readonly mime: string
  readonly bytes: Buffer
}

const ranks = ['sent', 'delivered', 'read'] as const

const messageOf = ({ id, version, message }: Row): PhoneMessage => ({
  ...(JSON.parse(message) as NewMessage),
  id,
  version,
})

/** The telephones that are marked in a table of their own. */
const marked = (db: Database.Database, table: 'stopped' | 'elsewhere') => {
  const mark = db.prepare<[string]>(`insert into ${table} (phone) values (?) on conflict do nothing`)
  const unmark = db.prepare<[string]>(`delete from ${table} where phone = ?`)
  const find = db.prepare<[string]>(`select 1 from ${table} where phone = ?`)
  return {
    is: (phone: string): boolean => find.get(phone) !== undefined,
    set: (phone: string, on: boolean): void => void (on ? mark : unmark).run(phone),
  }
}

/**
 * The customers' telephones, in a small database of their own: they are not the engine's business. Several processes may
 * have it open.
 */
export const openPhoneStore = (path: string): PhoneStore => {
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.exec(`
    create table if not exists message (
      id integer primary key, version integer not null, line text not null, phone text not null,
      external_id text not null unique, message text not null
    );
    create index if not exists message_version on message (version);
    create index if not exists message_thread on message (line, phone, id);
    create table if not exists person (phone text primary key, name text not null, page_scoped_id text not null unique);
    create table if not exists file (id text primary key, name text not null, mime text not null, bytes blob not null);
    create table if not exists stopped (phone text primary key);
    create table if not exists elsewhere (phone text primary key);
  `)
  const newest = db.prepare<[], { readonly version: number }>(
    'select coalesce(max(version), 0) as version from message',
  )
  const insert = db.prepare<[number, string, string, string, string]>(
    'insert into message (version, line, phone, external_id, message) values (?, ?, ?, ?, ?)',
  )
  const update = db.prepare<[number, string, string]>(
    'update message set version = ?, message = ? where external_id = ?',
  )
  const one = db.prepare<[string], Row>('select id, version, message from message where external_id = ?')
  const some = db.prepare<[], Row>('select id, version, message from message order by id desc limit 500')
  const ofThread = db.prepare<[string, string], Row>(
    'select id, version, message from message where line = ? and phone = ? order by id',
  )
  const newer = db.prepare<[number], Row>('select id, version, message from message where version > ? order by version')
  const introduce = db.prepare<[string, string, string]>(
    'insert into person (phone, name, page_scoped_id) values (?, ?, ?) on conflict (phone) do nothing',
  )
  const rename = db.prepare<[string, string]>('update person set name = ? where phone = ?')
  const columns = 'select phone, name, page_scoped_id as pageScopedId from person'
  const byPhone = db.prepare<[string], Person>(`${columns} where phone = ?`)
  const byId = db.prepare<[string], Person>(`${columns} where page_scoped_id = ?`)
  const everybody = db.prepare<[], Person>(`${columns} order by name, phone`)
  const keep = db.prepare<[string, string, string, Buffer]>(
    'insert into file (id, name, mime, bytes) values (?, ?, ?, ?)',
  )
  const kept = db.prepare<[string], FileRow>('select name, mime, bytes from file where id = ?')
  const stopped = marked(db, 'stopped')
  const elsewhere = marked(db, 'elsewhere')
  const last = (): number => newest.get()?.version ?? 0
  const get = (externalId: string): PhoneMessage | undefined => {
    const row = one.get(externalId)
    return row === undefined ? undefined : messageOf(row)
  }
  const add = db.transaction((message: NewMessage): PhoneMessage => {
    const version = last() + 1
    const { line, phone, externalId } = message
    const { lastInsertRowid } = insert.run(version, line, phone, externalId, JSON.stringify(message))
    return { ...message, id: Number(lastInsertRowid), version }
  })
  const change = db.transaction((externalId: string, changes: Partial<PhoneMessage>): PhoneMessage | undefined => {
    const before = get(externalId)
    if (before === undefined) return undefined
    const status = changes.status ?? before.status
    const after: PhoneMessage = {
      ...before,
      ...changes,
      status: ranks.indexOf(status) < ranks.indexOf(before.status) ? before.status : status,
      version: last() + 1,
    }
    const { id: _, version, ...message } = after
    update.run(version, JSON.stringify(message), externalId)
    return after
  })
  return {
    // Immediate: two processes that count at once would count to the same number.
    add: (message) => add.immediate(message),
    change: (externalId, changes) => change.immediate(externalId, changes),
    get,
    list: () => some.all().toReversed().map(messageOf),
    thread: (line, phone) => ofThread.all(line, phone).map(messageOf),
    after: (version) => newer.all(version).map(messageOf),
    last,
    person: (phone, name) => {
      // As many digits as Meta's have.
      introduce.run(phone, name ?? '', `${randomInt(2 ** 47)}`.padStart(16, '2'))
      if (name !== undefined && name !== '') rename.run(name, phone)
      const person = byPhone.get(phone)
      if (person === undefined) throw new Error(`nobody has ${phone}`)
      return person
    },
    byPageScopedId: (id) => byId.get(id),
    people: () => everybody.all(),
    keepFile: ({ name, mime }, bytes) => {
      const id = randomUUID()
      keep.run(id, name, mime, Buffer.from(bytes))
      return { id, name, mime, size: bytes.byteLength }
    },
    file: (id) => {
      const row = kept.get(id)
      if (row === undefined) return undefined
      const { name, mime, bytes } = row
      return { file: { id, name, mime, size: bytes.byteLength }, bytes }
    },
    isStopped: stopped.is,
    setStopped: stopped.set,
    isElsewhere: elsewhere.is,
    setElsewhere: elsewhere.set,
    close: () => {
      db.close()
    },
  }
}
