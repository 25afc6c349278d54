import type { ClaimedWork, Storage } from '@guichet/engine/ports'
import pg from 'pg'

/** Mistakes that can be planted: to take what another one holds; to end work whoever has it by now. */
export type ClaimFlaw = 'greedy' | 'unfenced'

interface Row {
  readonly id: string
  readonly attempts: number
}

export const withClaimFlaw = (store: Storage, url: string, flaw: ClaimFlaw | undefined): Storage => {
  if (flaw === undefined) return store
  const client = new pg.Client({ connectionString: url, options: '-c search_path=guichet' })
  let last: Promise<unknown> = client.connect()
  /** One after the other. */
  const asking = <A extends object>(text: string, values: ReadonlyArray<unknown>): Promise<ReadonlyArray<A>> => {
    const answer = last.then(async () => (await client.query<A>(text, [...values])).rows)
    last = answer
    return answer
  }
  const close = async (): Promise<void> => {
    await client.end()
    await store.close()
  }
  if (flaw === 'greedy') {
    return {
      ...store,
      close,
      claim: async ({ now, leaseMs, limit }) =>
        asking<ClaimedWork>(
          `update work w set attempts = attempts + 1, lease = $1::bigint + $2::bigint
            where ctid = any(array(select ctid from work where head = 1 and due <= $1 order by due, id limit $3))
            returning (select name from workspace where id = w.ws) as workspace,
              regexp_replace(encode(id, 'hex'), '(.{8})(.{4})(.{4})(.{4})(.{12})', '\\1-\\2-\\3-\\4-\\5') as id,
              kind, lane, due::float8 as due, key, payload, attempts::float8 as attempts`,
          [now, leaseMs, limit],
        ),
    }
  }
  return {
    ...store,
    close,
    commit: async (changesets) => {
      const ids = changesets.flatMap(({ settle }) => settle.map(({ id }) => id.replaceAll('-', '')))
      const rows = await asking<Row>(
        "select encode(id, 'hex') as id, attempts::float8 as attempts from work where encode(id, 'hex') = any($1)",
        [ids],
      )
      const now = new Map(rows.map(({ id, attempts }) => [id, attempts]))
      return store.commit(
        changesets.map((changeset) => ({
          ...changeset,
          settle: changeset.settle.map((one) => ({
            ...one,
            attempts: now.get(one.id.replaceAll('-', '')) ?? one.attempts,
          })),
        })),
      )
    },
  }
}
