import Database from 'better-sqlite3'

interface Work {
  readonly id: Buffer
  readonly lane: string
  readonly attempts: number
}

/** Claims and ends work as the store does, the next of a lane coming forward, by hand-written statements. */
export const openClaims = (file: string, kind: string, batch: number, leaseMs: number) => {
  const db = new Database(file)
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = full')
  db.pragma('wal_autocheckpoint = 4000')
  db.pragma('cache_size = -65536')
  db.pragma('secure_delete = fast')
  const waiting = db.prepare<unknown[], Work>(
    'select * from work where kind = ? and head = 1 and lease = 0 and due <= ? order by due, id limit ?',
  )
  const abandoned = db.prepare<unknown[], Work>(
    'select * from work where kind = ? and head = 1 and lease > 0 and lease <= ? limit ?',
  )
  const hold = db.prepare('update work set attempts = attempts + 1, lease = ? where ws = 1 and id = ?')
  const finish = db.prepare('delete from work where ws = 1 and id = ? and attempts = ?')
  const next = db.prepare<unknown[], { readonly id: Buffer }>(
    'select id from work where ws = 1 and kind = ? and lane = ? order by id limit 1',
  )
  const lead = db.prepare('update work set head = 1 where ws = 1 and id = ?')
  const claim = db.transaction((now: number) => {
    const found = [...waiting.all(kind, now, batch), ...abandoned.all(kind, now, batch)].slice(0, batch)
    for (const { id } of found) hold.run(now + leaseMs, id)
    return found
  })
  const settle = db.transaction((claimed: ReadonlyArray<Work>) => {
    for (const { id, attempts, lane } of claimed) {
      if (finish.run(id, attempts + 1).changes === 0) throw new Error('somebody else had it')
      const follower = next.get(kind, lane)
      if (follower !== undefined) lead.run(follower.id)
    }
  })
  return {
    drain: (now: number): void => {
      for (;;) {
        const claimed = claim.immediate(now)
        if (claimed.length === 0) return
        settle.immediate(claimed)
      }
    },
    close: (): void => {
      db.close()
    },
  }
}
