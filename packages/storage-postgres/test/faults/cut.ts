import { chanceOf } from '../../../../tooling/faults/chance.ts'
import type { Outcome } from '../../../../tooling/faults/harness.ts'
import { finishWork } from './finish-work.ts'
import { audit } from './audit.ts'
import { startCallers } from './callers.ts'
import { type Cut, cuttingProxyTo } from './cutting-proxy.ts'
import { furnish, lasting, openDesk } from './engine.ts'
import type { Flaw } from './flaws.ts'
import { openLedger, takeIn } from './ledger.ts'
import { freshDatabase } from '../../../../tooling/postgres/fresh-database.ts'

interface Options {
  readonly messages: number
  /** One commit in so many is cut. */
  readonly oneIn: number
  readonly seed: number
  readonly flaw?: Flaw
}

const callersAtOnce = 64
/**
 * Brings messages to an engine between which and its server connections are cut at the end of one commit in so many, in
 * turns before and after the server has done it.
 */
export const cutCommits = async (server: string, { messages, oneIn, seed, flaw }: Options): Promise<Outcome> => {
  const draw = chanceOf(seed)
  const database = await freshDatabase(server)
  const { url } = database
  let cutting = false
  let commits = 0
  let chosen = 0
  let turn = 0
  const next = (): Cut | undefined => {
    if (!cutting) return undefined
    // Which one of them is left to chance, not whether there is one.
    if (commits % oneIn === 0) chosen = draw(oneIn)
    commits += 1
    if ((commits - 1) % oneIn !== chosen) return undefined
    turn += 1
    return turn % 2 === 0 ? 'asked' : 'answered'
  }
  const proxy = await cuttingProxyTo(url, next)
  try {
    const ledger = openLedger()
    const desk = await openDesk({ url: proxy.url, hand: async (handed) => takeIn(ledger, handed), flaw })
    await furnish(desk.engine)
    cutting = true
    const callers = startCallers({
      ask: desk.ask,
      ledger,
      many: callersAtOnce,
      each: Math.ceil(messages / callersAtOnce),
    })
    await callers.done
    cutting = false
    await desk.close()
    await finishWork(url, ledger, flaw)
    const { findings, entries, uncertain } = await audit(url, ledger)
    const after = `${proxy.cuts()} of ${proxy.commits()} commits were cut`
    return {
      tried: proxy.cuts(),
      wrong: [...ledger.wrong, ...lasting(desk, after), ...findings.map((finding) => ({ ...finding, after }))],
      measured:
        `${ledger.received.size} messages and ${ledger.replied.size} answers acknowledged, ${entries} there; ${after}; ` +
        `asked again ${callers.again()} times; ${uncertain} answers in doubt`,
    }
  } finally {
    await proxy.close()
    await database.drop()
  }
}
