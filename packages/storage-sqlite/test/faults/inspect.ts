import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'

/** What must hold at any moment, asked in SQL and without the store; each finds rows that break it. */
const laws: Readonly<Record<string, string>> = {
  'a conversation has as many entries as its number says': `
    select c.id from conversation c left join entry e on e.ws = c.ws and e.conv = c.id
    group by c.ws, c.id having count(e.pos) <> c.seq or max(e.seq) <> c.seq`,
  'positions have no gaps': `
    select n from (select count(*) n, count(distinct pos) distinct_n, min(pos) first, max(pos) last
      from (select pos from entry union all select pos from delivery))
    where n > 0 and (first <> 1 or last <> n or distinct_n <> n)`,
  'the counter of open conversations is their number': `
    select w.id from workspace w
    where (select coalesce(sum(n), 0) from counter where ws = w.id and scope = 'workspace' and bucket = 'open')
      <> (select count(*) from conversation where ws = w.id and status = 0)`,
  'what came in has one external id': `
    select e.pos from entry e where e.kind = 0 and not exists
      (select 1 from external x where x.ws = e.ws and x.conv = e.conv and x.seq = e.seq)`,
  'an answer has its delivery': `
    select e.pos from entry e where e.kind = 1 and not exists
      (select 1 from delivery d where d.ws = e.ws and d.conv = e.conv and d.seq = e.seq)`,
}

/** All rows of all tables as one short text: the same for the same contents. */
const digestOf = (db: Database.Database): string => {
  const hash = createHash('sha256')
  const tables = db.prepare("select name from sqlite_schema where type = 'table' order by name").pluck().all()
  for (const name of tables as ReadonlyArray<string>) {
    hash.update(`${name}\n`)
    for (const row of db.prepare(`select * from "${name}"`).raw().iterate()) hash.update(`${JSON.stringify(row)}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}

/** What a file holds, through a connection of its own. */
export const digest = (file: string): string => {
  const db = new Database(file, { readonly: true })
  try {
    return digestOf(db)
  } finally {
    db.close()
  }
}

/** The same, and everything that is wrong with it whatever it should hold. */
export const inspect = (file: string): { readonly digest: string; readonly faults: ReadonlyArray<string> } => {
  const db = new Database(file, { readonly: true })
  try {
    const integrity = db.pragma('integrity_check', { simple: true }) as string
    if (integrity !== 'ok') return { digest: '', faults: [integrity] }
    const faults = Object.keys(laws).filter((law) => db.prepare(laws[law] as string).get() !== undefined)
    return { digest: digestOf(db), faults: faults.map((law) => `it does not hold that ${law}`) }
  } finally {
    db.close()
  }
}
