import type { Outcome } from '../../../../tooling/faults/harness.ts'
import { freshDatabase } from '../../../../tooling/postgres/fresh-database.ts'
import { finishWork } from './finish-work.ts'
import { asking } from './asking.ts'
import { audit } from './audit.ts'
import { startCallers } from './callers.ts'
import { furnish, lasting, openDesk } from './engine.ts'
import type { Flaw } from './flaws.ts'
import type { IllServer } from './ill-server.ts'
import { openLedger, takeIn } from './ledger.ts'

interface Options {
  readonly times: number
  /** What the server says of the trouble (a SQLSTATE), which has to come through. */
  readonly code?: string
  readonly flaw?: Flaw
}

const callersAtOnce = 64
/** Between two troubles so many are acknowledged at least, and during one that lasts so many are told to come again. */
const acknowledgedBetween = 64
const refusedAtLeast = 64
/** Who is not told of a failure goes on; by then there was one. */
const unawareAtLeast = 1_024

/** Brings messages to an engine whose server has trouble with its disk, again and again; the engine is left alone. */
export const troubleDisk = async (open: () => Promise<IllServer>, { times, code, flaw }: Options): Promise<Outcome> => {
  const ill = await open()
  try {
    const { url } = await freshDatabase(ill.server.url)
    const ledger = openLedger()
    const desk = await openDesk({ url, hand: async (handed) => takeIn(ledger, handed), flaw })
    await furnish(desk.engine)
    const callers = startCallers({ ask: desk.ask, ledger, many: callersAtOnce })
    const waits: number[] = []
    for (let time = 0; time < times; time += 1) {
      await callers.more(acknowledgedBetween)
      await ill.trouble()
      if (ill.lasts) await (flaw === undefined ? callers.refused(refusedAtLeast) : callers.more(unawareAtLeast))
      await ill.relieve()
      waits.push(await callers.caughtUp())
    }
    await callers.more(acknowledgedBetween)
    callers.stop()
    await callers.done
    await desk.close()
    await asking(url, 'select')
    await finishWork(url, ledger, flaw)
    const { findings, entries, uncertain } = await audit(url, ledger)
    const reported = desk.reported()
    const after = `${times} times trouble`
    const untold = code !== undefined && flaw === undefined && !reported.has(code)
    return {
      tried: times,
      wrong: [
        ...ledger.wrong,
        ...lasting(desk, after),
        ...findings.map((finding) => ({ ...finding, after })),
        ...(untold ? [{ kind: 'broken' as const, what: `nobody was told ${code}`, after }] : []),
      ],
      measured:
        `${ledger.received.size} messages and ${ledger.replied.size} answers acknowledged, ${entries} there; ` +
        `told ${[...reported.keys()].toSorted().join(', ')}; ${uncertain} answers in doubt; ` +
        `everybody answered ${Math.round(Math.max(...waits))} ms after it passed at most`,
    }
  } finally {
    await ill.close()
  }
}
