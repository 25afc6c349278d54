import pg from 'pg'

/** Found by rising due time; a literal limit, so that the plan is made for it. */
const claim = (batch: number) => `
  update work w set attempts = w.attempts + 1, lease = $2::bigint + $3::bigint
  where w.ctid = any(array(
    select ctid from work where kind = $1 and head = 1 and lease = 0 and due <= $2
    order by due, id limit ${batch} for update skip locked
  ))
  returning *`
const abandoned = (batch: number) => `
  update work w set attempts = w.attempts + 1, lease = $2::bigint + $3::bigint
  where w.ctid = any(array(
    select ctid from work where kind = $1 and head = 1 and lease > 0 and lease <= $2
    order by lease limit ${batch} for update skip locked
  ))
  returning *`

/** Who ends work and who adds to the same lane must not miss one another: a workspace's changes come one by one. */
const lock = 'select from stream_head where ws = 1 for update'
const finish = `
  with gone as (
    delete from work w using unnest($1::bytea[], $2::integer[]) as i(id, attempts)
    where w.ws = 1 and w.id = i.id and w.attempts = i.attempts
    returning w.id, w.kind, w.lane, w.head
  ),
  next as (
    update work w set head = 1 from gone g
    where g.head = 1 and w.ws = 1 and w.id = (
      select x.id from work x where x.ws = 1 and x.kind = g.kind and x.lane = g.lane and x.id not in (select id from gone)
      order by x.id limit 1
    )
  )
  select count(*)::integer as n from gone`

/** Claims and ends work as the store does, by hand-written statements, each parsed once and none awaited needlessly. */
export const openClaims = async (url: string, schema: string, kind: string, batch: number, leaseMs: number) => {
  const options = `-c search_path=${schema} -c enable_seqscan=off -c plan_cache_mode=force_generic_plan -c jit=off`
  // @types/pg does not know pipelining yet.
  const client = new pg.Client({ connectionString: url, options, pipeline: true } as pg.ClientConfig)
  await client.connect()
  const take = async (now: number) => {
    const values = [kind, now, leaseMs]
    const { rows } = await client.query({ name: 'claim', text: claim(batch), values })
    // Looked for when nothing waits: whoever crashed is not in a hurry.
    if (rows.length > 0) return rows
    return (await client.query({ name: 'abandoned', text: abandoned(batch), values })).rows
  }
  const settle = async (claimed: ReadonlyArray<{ readonly id: Buffer; readonly attempts: number }>) => {
    const values = [claimed.map(({ id }) => id), claimed.map(({ attempts }) => attempts)]
    const [, , gone] = await Promise.all([
      client.query('begin'),
      client.query({ name: 'lock', text: lock }),
      client.query({ name: 'finish', text: finish, values }),
      client.query('commit'),
    ])
    if (gone.rows[0].n !== claimed.length) throw new Error('somebody else had it')
  }
  return {
    drain: async (now: number): Promise<void> => {
      for (;;) {
        const claimed = await take(now)
        if (claimed.length === 0) return
        await settle(claimed)
      }
    },
    close: () => client.end(),
  }
}
