import type { ClaimedWork, Settlement, Storage, StoredWork } from '@guichet/engine/ports'
import { compareIds, encodeId, readWork, rowLimit, type WorkTable, writeWork } from '@guichet/storage-sql'
import type { Connection } from './connection.ts'

type Place = Pick<WorkTable, 'ws' | 'kind' | 'lane' | 'head'>

/** Lets the next of a lane come forward when its head has gone. */
const advanceLane = ({ sql }: Connection, gone: Place | undefined): void => {
  if (gone?.head !== 1) return
  const next = sql.laneHead.get(gone)
  if (next !== undefined) sql.setHead.run({ ws: gone.ws, id: next.id, head: 1 })
}

/** Adds an item; one with the same id, or the same kind and key, makes way for it. */
export const putWork = (connection: Connection, ws: number, work: StoredWork): void => {
  const { sql } = connection
  const id = encodeId(work.id)
  advanceLane(connection, sql.deleteWork.get({ ws, id }))
  if (work.key !== null) cancelWork(connection, ws, work.kind, work.key)
  const former = sql.laneHead.get({ ws, kind: work.kind, lane: work.lane })?.id
  const isHead = former === undefined || compareIds(id, former) < 0
  if (isHead && former !== undefined) sql.setHead.run({ ws, id: former, head: 0 })
  sql.insertWork.run(writeWork(ws, id, work, isHead))
}

export const cancelWork = (connection: Connection, ws: number, kind: string, key: string): void =>
  advanceLane(connection, connection.sql.deleteWorkWithKey.get({ ws, kind, key }))

/** False when it is gone, or somebody else has claimed it since. */
export const settleWork = (
  connection: Connection,
  ws: number,
  { id: name, attempts, retryAt, hold }: Settlement,
): boolean => {
  const { sql } = connection
  const id = encodeId(name)
  if (hold !== undefined) return sql.holdWork.run({ ws, id, attempts, lease: hold.now + hold.leaseMs }) > 0
  if (retryAt !== undefined) return sql.retryWork.run({ ws, id, attempts, due: retryAt }) > 0
  const gone = sql.finishWork.get({ ws, id, attempts })
  advanceLane(connection, gone)
  return gone !== undefined
}

/** Only heads of lanes are looked at, so what waits behind one costs nothing. */
export const claim = (
  connection: Connection,
  { kinds, now, leaseMs, limit }: Parameters<Storage['claim']>[0],
): ReadonlyArray<ClaimedWork> => {
  const { sql, workspaces } = connection
  const most = rowLimit(limit)
  if (most === 0) return []
  return connection.writing(() =>
    [...new Set(kinds)]
      .flatMap((kind) => [...sql.waitingWork.all({ kind, now, limit: most }), ...sql.abandonedWork.all({ kind, now })])
      .sort((a, b) => a.due - b.due || compareIds(a.id, b.id))
      .slice(0, most)
      .map((row) => {
        const held = { ...row, attempts: row.attempts + 1, lease: now + leaseMs }
        sql.claimWork.run(held)
        return readWork(workspaces.name(row.ws), held)
      }),
  )
}

/** What a workspace has still to do, soonest first. */
export const upcoming = (
  { sql, workspaces }: Connection,
  workspace: string,
  limit: number,
): ReadonlyArray<ClaimedWork> => {
  const ws = workspaces.find(workspace)
  return ws === undefined
    ? []
    : sql.upcomingWork.all({ ws, limit: rowLimit(limit) }).map((row) => readWork(workspace, row))
}

/** A head that waits can be claimed when it is due, one that is held when its lease ends. */
export const nextDue = ({ sql }: Connection, kinds: ReadonlyArray<string>): number | undefined => {
  const times = kinds.flatMap((kind) => [sql.nextWaiting.get({ kind }), sql.nextLeased.get({ kind })])
  return times.reduce<number | undefined>(
    (next, time) => (time === undefined || (next !== undefined && next <= time.at) ? next : time.at),
    undefined,
  )
}
