import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { bundle } from '../../../../tooling/faults/bundle.ts'
import { chanceOf } from '../../../../tooling/faults/chance.ts'
import type { Outcome, Wrong } from '../../../../tooling/faults/harness.ts'
import type { Postgres } from '../../../../tooling/postgres/start.ts'
import { freshDatabase } from '../../../../tooling/postgres/fresh-database.ts'
import { finishWork } from './finish-work.ts'
import { asking } from './asking.ts'
import { audit } from './audit.ts'
import { type Callers, startCallers } from './callers.ts'
import { furnish, openDesk } from './engine.ts'
import { type EngineProcess, startEngineProcess } from './engine-process.ts'
import type { Flaw } from './flaws.ts'
import { openLedger, takeIn } from './ledger.ts'

interface Options {
  readonly kills: number
  readonly seed: number
  /** From one kill to the next, in milliseconds, and longer when not everybody has been answered. */
  readonly everyMs?: number
  /** How long callers may be kept waiting when the server answers again, in milliseconds; not judged when absent. */
  readonly backWithinMs?: number
  readonly flaw?: Flaw
}

type Draw = ReturnType<typeof chanceOf>

const callersAtOnce = 64
const processes = 3
/** Between two kills so many are acknowledged at least. */
const acknowledgedBetween = 64

const program = fileURLToPath(new URL('./worker.ts', import.meta.url))

/** The server's process behind one of the engines' connections: one that works, when there is one. */
const someBackend = async (url: string, draw: Draw): Promise<number> => {
  for (;;) {
    const backends = await asking<{ readonly pid: number; readonly state: string }>(
      url,
      "select pid, state from pg_stat_activity where application_name like 'guichet%' and datname = current_database()",
    )
    const active = backends.filter(({ state }) => state === 'active')
    const some = active.length > 0 ? active : backends
    const chosen = some[draw(some.length)]
    if (chosen !== undefined) return chosen.pid
  }
}

/** Engines, each in a process; one that is killed is started again at once. */
const startFleet = async (start: () => EngineProcess, draw: Draw) => {
  const fleet = Array.from({ length: processes }, start)
  await Promise.all(fleet.map(({ ready }) => ready))
  let turn = 0
  return {
    ask: (asked: Parameters<EngineProcess['ask']>[0]) => {
      const ready = fleet.filter((one) => one.isReady())
      turn += 1
      return (ready[turn % ready.length] ?? (fleet[0] as EngineProcess)).ask(asked)
    },
    killOne: async () => {
      const at = draw(processes)
      await fleet[at]?.kill()
      fleet[at] = start()
    },
    close: () => Promise.all(fleet.map((one) => one.close())),
  }
}

/** Every kind once, and all of them about as often as each other. */
const killsOf = (server: Postgres, url: string, killOne: () => Promise<void>, draw: Draw) => [
  { name: 'kill -9 of an engine', run: killOne },
  {
    // Its postmaster cannot know what that one did to the memory they share: it ends all of them and starts anew.
    name: 'kill -9 of a backend',
    run: async () => void process.kill(await someBackend(url, draw), 'SIGKILL'),
  },
  {
    name: 'the end of a connection',
    run: async () => void (await asking(url, 'select pg_terminate_backend($1)', [await someBackend(url, draw)])),
  },
  {
    name: 'an immediate stop of the server',
    run: async () => {
      await server.kill('SIGQUIT')
      await server.restart()
    },
  },
]

const worst = (times: ReadonlyArray<number>): string => {
  const sorted = times.toSorted((a, b) => a - b).map(Math.round)
  return `${sorted[Math.floor(sorted.length / 2)]} ms (median), ${sorted.at(-1)} ms (most)`
}

/** How long after a kill the server answered again, and then everybody who had waited for an engine, in milliseconds. */
interface Wait {
  readonly serverMs: number
  readonly allMs: number
}

/** Kills, one after the other. */
const killThem = async (
  callers: Callers,
  url: string,
  kinds: ReturnType<typeof killsOf>,
  { kills, everyMs = 0, backWithinMs = Infinity }: Options,
): Promise<{ readonly waits: ReadonlyArray<Wait>; readonly wrong: ReadonlyArray<Wrong> }> => {
  const waits: Wait[] = []
  const wrong: Wrong[] = []
  for (let kill = 0; kill < kills; kill += 1) {
    const { name, run } = kinds[kill % kinds.length] as (typeof kinds)[number]
    const rest = pause(everyMs)
    await callers.more(acknowledgedBetween)
    const began = performance.now()
    const answered = callers.caughtUp()
    await run()
    await asking(url, 'select')
    const serverMs = performance.now() - began
    const allMs = await answered
    waits.push({ serverMs, allMs })
    const after = Math.round(allMs - serverMs)
    if (after > backWithinMs)
      wrong.push({ kind: 'stuck', what: `somebody waited ${after} ms for an engine`, after: name })
    await rest
  }
  return { waits, wrong }
}

/**
 * Kills, again and again, one of the engines' processes or one of the server's while callers bring messages. `server`
 * is killed too: it has to be a durable one that nobody else works with.
 */
export const killNodes = async (server: Postgres, options: Options): Promise<Outcome> => {
  const draw = chanceOf(options.seed)
  const folder = mkdtempSync(join(tmpdir(), 'guichet-faults-'))
  const { url, drop } = await freshDatabase(server.url)
  const ledger = openLedger()
  const take = (handed: Parameters<typeof takeIn>[1]): void => takeIn(ledger, handed)
  try {
    const bundled = await bundle(program, folder, 'pg')
    const first = await openDesk({ url, hand: async () => undefined })
    await furnish(first.engine)
    await first.close()

    const start = (): EngineProcess => startEngineProcess({ program: bundled, url, take, flaw: options.flaw })
    const fleet = await startFleet(start, draw)
    const callers = startCallers({ ask: fleet.ask, ledger, many: callersAtOnce })
    const began = performance.now()
    const killed = await killThem(callers, url, killsOf(server, url, fleet.killOne, draw), options).finally(
      async () => {
        callers.stop()
        await callers.done
        await fleet.close()
      },
    )
    const rate = callers.acknowledged() / ((performance.now() - began) / 1_000)
    await asking(url, 'select')
    await finishWork(url, ledger, options.flaw)
    const { findings, entries, uncertain } = await audit(url, ledger)
    const after = `${options.kills} kills`
    return {
      tried: options.kills,
      wrong: [...ledger.wrong, ...killed.wrong, ...findings.map((finding) => ({ ...finding, after }))],
      measured:
        `${ledger.received.size} messages and ${ledger.replied.size} answers acknowledged, ${entries} there, ` +
        `${Math.round(rate)} a second; asked again ${callers.again()} times; ${uncertain} answers in doubt; ` +
        `everybody answered ${worst(killed.waits.map(({ allMs }) => allMs))} after a kill, ` +
        `the server itself ${worst(killed.waits.map(({ serverMs }) => serverMs))}`,
    }
  } finally {
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
}
