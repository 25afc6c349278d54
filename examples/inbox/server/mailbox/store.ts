import Database from 'better-sqlite3'
import type { Mail } from './mail.ts'

export interface MailStore {
  readonly add: (mail: Omit<Mail, 'id'>, raw: Uint8Array) => Mail
  readonly list: (box: string | undefined) => ReadonlyArray<Mail>
  readonly get: (id: number) => Mail | undefined
  /** What has been added after that one, by whatever process, oldest first. */
  readonly after: (id: number) => ReadonlyArray<Mail>
  /** The id of the last one; 0 when there is none. */
  readonly last: () => number
  readonly raw: (id: number) => Uint8Array | undefined
  readonly boxes: () => ReadonlyArray<string>
  readonly close: () => void
}

interface Row {
  readonly id: number
  readonly mail: string
}

const mailOf = (row: Row): Mail => ({ ...(JSON.parse(row.mail) as Omit<Mail, 'id'>), id: row.id })

/**
 * The customers' mailboxes, in a small database of their own: they are not the engine's business. Several processes may
 * have it open.
 */
export const openMailStore = (file: string): MailStore => {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.exec(`
    create table if not exists mail (
      id integer primary key, box text not null, date integer not null, mail text not null, raw blob not null
    );
    create index if not exists mail_box on mail (box, date);
    create index if not exists mail_date on mail (date);
  `)
  const insert = db.prepare<[string, number, string, Buffer]>(
    'insert into mail (box, date, mail, raw) values (?, ?, ?, ?)',
  )
  const all = db.prepare<[], Row>('select id, mail from mail order by date desc, id desc limit 200')
  const ofBox = db.prepare<[string], Row>(
    'select id, mail from mail where box = ? order by date desc, id desc limit 200',
  )
  const one = db.prepare<[number], Row>('select id, mail from mail where id = ?')
  const newer = db.prepare<[number], Row>('select id, mail from mail where id > ? order by id')
  const newest = db.prepare<[], { readonly id: number }>('select coalesce(max(id), 0) as id from mail')
  const bytes = db.prepare<[number], { readonly raw: Buffer }>('select raw from mail where id = ?')
  const boxes = db.prepare<[], { readonly box: string }>('select box from mail group by box order by max(date) desc')
  return {
    add: (mail, raw) => ({
      ...mail,
      id: Number(insert.run(mail.box, mail.date, JSON.stringify(mail), Buffer.from(raw)).lastInsertRowid),
    }),
    list: (box) => (box === undefined ? all.all() : ofBox.all(box)).map(mailOf),
    get: (id) => {
      const row = one.get(id)
      return row === undefined ? undefined : mailOf(row)
    },
    after: (id) => newer.all(id).map(mailOf),
    last: () => newest.get()?.id ?? 0,
    raw: (id) => bytes.get(id)?.raw,
    boxes: () => boxes.all().map(({ box }) => box),
    close: () => {
      db.close()
    },
  }
}
