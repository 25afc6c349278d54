// One process of `claim-processes.ts`: claims and settles until nothing is left, whenever it is told to.
import { openClaims } from '../floor/postgres-claim.ts'
import { batch, drain, kind, later, leaseMs } from '../claiming.ts'
import { openClaimStore, schema } from './claim.ts'
import type { Drained, Side } from './claim-processes.ts'

const [ours = '', raw = ''] = process.argv.slice(2)
const store = openClaimStore(ours)
const floor = await openClaims(raw, schema, kind, batch, leaseMs)

process.on('message', async (side: Side) => {
  const done: Drained = { ids: side === 'ours' ? await drain(store) : [] }
  if (side === 'raw') await floor.drain(later)
  process.send?.(done)
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
