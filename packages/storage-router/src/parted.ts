import type { Changeset, CommitResult, LoadRequest, Snapshot } from '@guichet/engine/ports'
import type { Opening } from './opening.ts'

type Ref = LoadRequest[keyof LoadRequest][number]

const names = [
  'conversations',
  'identities',
  'externals',
  'documents',
  'deliveries',
  'counters',
] as const satisfies ReadonlyArray<keyof LoadRequest>

type Lists = { readonly [Name in keyof LoadRequest]: Array<never> }

const lists = (): Lists => Object.fromEntries(names.map((name) => [name, []])) as unknown as Lists

/** Asks each store for what it may have, all at once. */
export const loadFrom = async (
  request: LoadRequest,
  shardOf: (workspace: string) => string,
  opened: Opening['opened'],
): Promise<Snapshot> => {
  const parts = new Map<string, Lists>()
  for (const name of names) {
    for (const ref of request[name] as ReadonlyArray<Ref>) {
      const shard = shardOf(ref.workspace)
      let part = parts.get(shard)
      if (part === undefined) parts.set(shard, (part = lists()))
      part[name].push(ref as never)
    }
  }
  const [only] = parts
  if (only === undefined) return lists()
  if (parts.size === 1) return (await opened(only[0])).load(request)
  const snapshots = await Promise.all([...parts].map(async ([shard, part]) => (await opened(shard)).load(part)))
  const all = lists()
  for (const snapshot of snapshots) {
    for (const name of names) for (const row of snapshot[name]) all[name].push(row as never)
  }
  return all
}

/** Sends each store its changesets, in their order; the answers stand where the changesets stood. */
export const commitTo = async (
  changesets: ReadonlyArray<Changeset>,
  shardOf: (workspace: string) => string,
  opened: Opening['opened'],
): Promise<ReadonlyArray<CommitResult>> => {
  const parts = new Map<string, Array<{ readonly changeset: Changeset; readonly at: number }>>()
  changesets.forEach((changeset, at) => {
    const shard = shardOf(changeset.workspace)
    const part = parts.get(shard)
    if (part === undefined) parts.set(shard, [{ changeset, at }])
    else part.push({ changeset, at })
  })
  const results: Array<CommitResult> = []
  // All of them have answered before one that failed is told of: what the others did is done.
  const answers = await Promise.allSettled(
    [...parts].map(async ([shard, part]) => {
      const answered = await (await opened(shard)).commit(part.map(({ changeset }) => changeset))
      part.forEach(({ at }, index) => {
        results[at] = answered[index] as CommitResult
      })
    }),
  )
  for (const answer of answers) if (answer.status === 'rejected') throw answer.reason
  return results
}
