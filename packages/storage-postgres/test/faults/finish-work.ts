import pg from 'pg'
import { openDesk } from './engine.ts'
import type { Flaw } from './flaws.ts'
import { type Ledger, takeIn } from './ledger.ts'

const patienceMs = 60_000

/** What the engine has in hand right now is left to it. */
const letTimePass = `
  update work w set lease = least(w.lease, 1), due = least(w.due, 1)
  from (select ws, id from work where lease > 1 or due > 1 for update skip locked) idle
  where w.ws = idle.ws and w.id = idle.id`

/**
 * What happens when all is well again and time has gone by: leases of the dead end, pauses are over, and an engine does
 * what is left. Resolves when there is nothing left to deliver, or after long enough.
 */
export const finishWork = async (url: string, ledger: Ledger, flaw?: Flaw): Promise<void> => {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=guichet' })
  await client.connect()
  const desk = await openDesk({ url, hand: async (handed) => takeIn(ledger, handed), flaw })
  try {
    const began = performance.now()
    while (performance.now() - began < patienceMs) {
      await client.query(letTimePass)
      await desk.engine.settle()
      const { rowCount } = await client.query("select from work where kind = 'deliver'")
      if (rowCount === 0) return
    }
  } finally {
    await desk.close()
    await client.end()
  }
}
