import { setTimeout as pause } from 'node:timers/promises'
import type { Storage } from '@guichet/engine/ports'
import type { Outcome, Wrong } from '../../../../tooling/faults/harness.ts'
import { freshDatabase } from '../../../../tooling/postgres/fresh-database.ts'
import { arrival, following, workspace } from '../../../../tooling/stores/changesets.ts'
import { postgres } from '../../src/index.ts'
import { finishWork } from './finish-work.ts'
import { audit } from './audit.ts'
import { startCallers } from './callers.ts'
import { furnish, openDesk } from './engine.ts'
import { follow } from './half-open-feed.ts'
import { type Manner, wayTo } from './half-open-way.ts'
import { openLedger, takeIn } from './ledger.ts'

interface Limits {
  /** How late a way is that is late, in milliseconds. */
  readonly lateMs?: number
  /** How long an answer of the server may take, in milliseconds. */
  readonly timeoutMs?: number
  /** How long anything may take that is asked of a store, whatever becomes of its connections, in milliseconds. */
  readonly noticedWithinMs: number
}

const callersAtOnce = 8
/** Between two faults so many are acknowledged at least. */
const acknowledgedBetween = 32
/** From one of others' messages to the next, in milliseconds. */
const betweenMs = 200
const manners: ReadonlyArray<Exclude<Manner, 'well'>> = ['silent', 'trickling', 'late']

/** A store whose answers are timed, those that have not come as well. */
const timed = (store: Storage) => {
  const asked = new Set<{ readonly name: string; readonly began: number }>()
  const took: Array<readonly [name: string, ms: number]> = []
  const final = new Set<string>()
  const time =
    <Args extends ReadonlyArray<unknown>, A>(name: string, run: (...args: Args) => A) =>
    async (...args: Args): Promise<Awaited<A>> => {
      const one = { name, began: performance.now() }
      asked.add(one)
      try {
        return await run(...args)
      } catch (error) {
        const { code, retryable } = error as { readonly code?: string; readonly retryable?: boolean }
        if (retryable !== true) final.add(`${name} failed with ${code}, and that was not said to pass`)
        throw error
      } finally {
        asked.delete(one)
        took.push([name, performance.now() - one.began])
      }
    }
  const { load, commit, claim, nextDue, stream, timeline, position } = store
  return {
    store: {
      ...store,
      load: time('load', load),
      commit: time('commit', commit),
      claim: time('claim', claim),
      nextDue: time('nextDue', nextDue),
      stream: time('stream', stream),
      timeline: time('timeline', timeline),
      position: time('position', position),
    } satisfies Storage,
    /** The slowest since it was last asked for. */
    slowest: (): readonly [name: string, ms: number] => {
      const now = performance.now()
      const all = [...took.splice(0), ...[...asked].map(({ name, began }) => [name, now - began] as const)]
      return all.reduce((most, one) => (one[1] > most[1] ? one : most), ['nothing', 0] as const)
    },
    final,
  }
}

/**
 * Two engines on one server, of which one has a way to it that goes bad, for the connections that there are and, in turns,
 * for new ones too. Whatever it asks comes to an end, and it goes on when that is possible; nothing is lost by it.
 */
export const goHalfOpen = async (
  server: string,
  { rounds, flaw, ...limits }: Limits & { readonly rounds: number; readonly flaw?: 'patient' },
): Promise<Outcome> => {
  const { lateMs = 500, timeoutMs = 10_000, noticedWithinMs } = limits
  const { url, drop } = await freshDatabase(server)
  const way = await wayTo(url, { lateMs })
  const patience = flaw === 'patient' ? { client: { query_timeout: 0 } } : {}
  const { store, slowest, final } = timed(postgres({ url: way.url, timeoutMs, ...patience }))
  const ledger = openLedger()
  const hand = async (handed: Parameters<typeof takeIn>[1]): Promise<void> => takeIn(ledger, handed)
  try {
    const near = await openDesk({ url, hand })
    await furnish(near.engine)
    const far = await openDesk({ url: way.url, hand, store })
    const follower = follow(far.engine)
    let turn = 0
    const callers = startCallers({
      ask: (asked) => ((turn += 1) % 2 === 0 ? near : far).ask(asked),
      ledger,
      many: callersAtOnce,
    })
    const wrong: Wrong[] = []
    const waits: number[] = []
    let longest = 0
    for (let round = 0; round < rounds; round += 1) {
      await callers.more(acknowledgedBetween)
      slowest()
      const manner = manners[round % manners.length] as Manner
      const everywhere = Math.floor(round / manners.length) % 2 === 1
      const after = `${manner}${everywhere ? ', new connections too' : ''}`
      const back = callers.caughtUp()
      if (everywhere) way.carry(manner)
      else way.spoil(manner)
      const held = everywhere ? pause(noticedWithinMs).then(() => way.carry('well')) : undefined
      const wait = await Promise.race([back, pause(4 * noticedWithinMs)])
      const [name, ms] = slowest()
      if (ms > noticedWithinMs) wrong.push({ kind: 'stuck', what: `${name} took ${Math.round(ms)} ms`, after })
      if (wait === undefined) wrong.push({ kind: 'stuck', what: 'callers were not answered any more', after })
      else waits.push(wait)
      longest = Math.max(longest, ms)
      await held
      way.carry('well')
      way.clear()
    }
    callers.stop()
    await callers.done
    const acknowledged = [...ledger.received, ...ledger.replied]
    await follower.saw(acknowledged, noticedWithinMs)
    const missed = follower.findings(acknowledged)
    await follower.stop()
    await Promise.all([near.close(), far.close()])
    await finishWork(url, ledger)
    const { findings, entries } = await audit(url, ledger)
    const after = `${rounds} times a bad way`
    return {
      tried: rounds,
      wrong: [
        ...ledger.wrong,
        ...wrong,
        ...[...final].map((what): Wrong => ({ kind: 'broken', what, after })),
        ...[...missed, ...findings].map((finding) => ({ ...finding, after })),
      ],
      measured:
        `${acknowledged.length} acknowledged, ${entries} there; asked again ${callers.again()} times; the store's ` +
        `slowest answer took ${Math.round(longest)} ms, and callers waited ${Math.round(Math.max(0, ...waits))} ms at most`,
    }
  } finally {
    await way.close()
    await drop()
  }
}

interface NewsOptions {
  /** In each of the ways in which the line goes bad. */
  readonly messages: number
  readonly ways?: ReadonlyArray<Manner>
  readonly heardWithinMs: number
  readonly flaw?: 'rarely'
}

/**
 * Loses the line on which an engine hears of others, silently, and lets others write: it hears of all of it by asking, and
 * soon. A `rarely` asking one does not.
 */
export const loseNews = async (
  server: string,
  { messages, heardWithinMs, ways = manners, flaw }: NewsOptions,
): Promise<Outcome> => {
  const { url, drop } = await freshDatabase(server)
  const way = await wayTo(url)
  const pollMs = flaw === 'rarely' ? { pollMs: 60_000 } : {}
  const ledger = openLedger()
  const hand = async (): Promise<void> => undefined
  try {
    const near = await openDesk({ url, hand })
    await furnish(near.engine)
    const far = await openDesk({ url, hand, store: postgres({ url, listen: way.url, ...pollMs }) })
    const follower = follow(far.engine)
    const wrong: Wrong[] = []
    let latest = 0
    for (const manner of ways) {
      const told: Array<readonly [text: string, at: number]> = []
      // So that it is there, and hears.
      const sign = `sign ${manner}`
      await near.ask({ _tag: 'Receive', to: 'north/exact', id: sign, from: 'zoe', text: sign })
      await follower.saw([sign], 4 * heardWithinMs)
      way.carry(manner)
      for (let n = 0; n < messages; n += 1) {
        const text = `${manner} ${n}`
        const answer = await near.ask({ _tag: 'Receive', to: 'north/exact', id: text, from: 'zoe', text })
        if (answer._tag === 'Done') told.push([text, performance.now()])
        await pause(betweenMs)
      }
      await follower.saw(
        told.map(([text]) => text),
        4 * heardWithinMs,
      )
      for (const [text, at] of told) {
        ledger.received.add(text)
        const late = (follower.sawAt(text) ?? Infinity) - at
        latest = Math.max(latest, late)
        if (late > heardWithinMs)
          wrong.push({ kind: 'stuck', what: `"${text}" was heard ${late} ms late`, after: manner })
      }
      way.carry('well')
      way.clear()
    }
    const missed = follower.findings([...ledger.received])
    await follower.stop()
    await Promise.all([near.close(), far.close()])
    return {
      tried: ledger.received.size,
      wrong: [...wrong, ...missed.map((finding) => ({ ...finding, after: 'a lost line' }))],
      measured: `the last was heard ${Math.round(latest)} ms after it was acknowledged`,
    }
  } finally {
    await way.close()
    await drop()
  }
}

/**
 * Cuts a way, silently, in the middle of what a commit says: the server waits for the rest, and has what the commit has
 * locked. Others wait for it, and no longer than for an answer.
 */
export const cutOffCommits = async (
  server: string,
  { points, pooled, timeoutMs = 10_000, noticedWithinMs }: Limits & { readonly points: number; readonly pooled?: true },
): Promise<Outcome> => {
  const { url, drop } = await freshDatabase(server)
  const way = await wayTo(url)
  const other = postgres({ url })
  const wrong: Wrong[] = []
  let longest = 0
  /** What a first message says, once its statements are known, is about this long, in bytes. */
  const wholeCommit = 3_000
  try {
    await other.migrate()
    await other.commit([arrival(0)])
    for (let point = 0; point < points; point += 1) {
      const cut = Math.round(((point + 0.5) * wholeCommit) / points)
      const after = `a commit was cut off after ${cut} bytes`
      const store = postgres({ url: way.url, timeoutMs, listen: false, ...(pooled === true ? { pooled } : {}) })
      await store.commit([arrival(1_000 + point)])
      way.silenceAfter(cut)
      const ended = Promise.resolve(store.commit([arrival(2_000 + point)])).then(
        () => undefined,
        (error: { readonly retryable?: boolean }) => error.retryable,
      )
      // The server has a part of it, or all that it will get.
      await pause(50)
      const began = performance.now()
      const before = await other.position(workspace)
      const [result] = await patiently(() => other.commit([following(0, 2 + point)]))
      const ms = performance.now() - began
      longest = Math.max(longest, ms)
      if (ms > noticedWithinMs) wrong.push({ kind: 'stuck', what: `another commit took ${Math.round(ms)} ms`, after })
      if (result?._tag !== 'Committed' || result.position !== before + 1) {
        wrong.push({ kind: 'broken', what: `another commit became ${JSON.stringify(result)} after ${before}`, after })
      }
      if ((await ended) === false) wrong.push({ kind: 'broken', what: 'it was not said to pass', after })
      // It may have said less than that.
      way.silenceAfter(Infinity)
      way.clear()
      await store.close()
    }
    return { tried: points, wrong, measured: `others waited ${Math.round(longest)} ms at most` }
  } finally {
    await way.close()
    await other.close()
    await drop()
  }
}

const patiently = async <A>(run: () => A): Promise<Awaited<A>> => {
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if ((error as { readonly retryable?: boolean }).retryable !== true) throw error
    }
  }
}
