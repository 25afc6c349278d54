import { appendFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { ClaimedWork, Settlement, Storage } from '@guichet/engine/ports'
import { emptyChangeset } from '@guichet/conformance'
import { postgres } from '../../src/index.ts'
import { withClaimFlaw } from './claim-race-flaws.ts'
import { type FromWorker, kinds, type ToWorker, type WorkerOptions } from './claim-race-protocol.ts'

// Takes work as long as there is some, in a process of its own, and writes down what it does before and after it does it.

/** Until work that somebody else holds is looked for again, in milliseconds. */
const pauseMs = 50

const options = JSON.parse(process.argv[2] ?? '{}') as WorkerOptions
const { url, ledger, leaseMs, limit, workMs, holds, flaw } = options

const say = (what: FromWorker): void => void process.send?.(what, () => undefined)

/** Not buffered: what is written has left the process. */
const write = (lines: ReadonlyArray<string>): void => appendFileSync(ledger, lines.map((line) => `${line}\n`).join(''))

const settle = async (
  store: Storage,
  work: ReadonlyArray<ClaimedWork>,
  hold?: Settlement['hold'],
): Promise<ReadonlyArray<readonly [work: ClaimedWork, done: boolean]>> => {
  const groups = new Map<string, ClaimedWork[]>()
  for (const one of work) groups.set(one.workspace, [...(groups.get(one.workspace) ?? []), one])
  const settled = ({ id, attempts }: ClaimedWork): Settlement => ({
    id,
    attempts,
    ...(hold === undefined ? {} : { hold }),
  })
  const all = [...groups]
  const results = await store.commit(
    all.map(([workspace, group]) => ({ ...emptyChangeset, workspace, settle: group.map(settled) })),
  )
  const answers = await Promise.all(
    all.map(async ([, group], index) => {
      if (results[index]?._tag === 'Committed') return group.map((one) => [one, true] as const)
      // One of them is somebody else's by now: each for itself.
      if (group.length > 1) return (await Promise.all(group.map((one) => settle(store, [one], hold)))).flat()
      return group.map((one) => [one, false] as const)
    }),
  )
  return answers.flat()
}

const workOff = async (store: Storage): Promise<void> => {
  for (;;) {
    const asked = Date.now()
    const claimed = await store.claim({ kinds, now: asked, leaseMs, limit })
    write(claimed.map(({ id, attempts }) => `claim ${id} ${attempts} ${asked} ${Date.now()}`))
    if (claimed.length === 0) {
      const due = await store.nextDue(kinds)
      if (due === undefined) return
      await pause(pauseMs)
      continue
    }
    const held = holds
      ? await settle(store, claimed, { now: Date.now(), leaseMs })
      : claimed.map((one) => [one, true] as const)
    write(held.filter(([, ours]) => !ours).map(([{ id, attempts }]) => `refused ${id} ${attempts}`))
    const ours = held.filter(([, isOurs]) => isOurs).map(([one]) => one)
    write(ours.map(({ id, attempts }) => `work ${id} ${attempts}`))
    say({ _tag: 'Began', many: ours.length })
    await pause(workMs)
    const done = await settle(store, ours)
    write(done.map(([{ id, attempts }, isDone]) => `${isDone ? 'done' : 'refused'} ${id} ${attempts}`))
  }
}

// Nobody is to outlive who started it.
process.once('disconnect', () => process.exit())
const begin = new Promise<void>((resolve) => {
  process.on('message', (what: ToWorker) => {
    if (what._tag === 'Begin') return resolve()
    const end = Date.now() + what.ms
    while (Date.now() < end);
  })
})
const store = withClaimFlaw(postgres({ url, listen: false, connections: { writers: 1, readers: 1 } }), url, flaw)
// So that it is connected when it begins.
await store.nextDue(kinds)
say({ _tag: 'Ready' })
await begin
await workOff(store)
await store.close()
process.disconnect()
