import { type Engine, type EngineOptions, createEngine } from '@guichet/engine'
import { type ManualClock, manualClock, memoryBlobs } from '@guichet/engine/memory'
import type { Channel, Storage } from '@guichet/engine/ports'
import { same } from '../assert.ts'
import { loopback } from '../channel/loopback.ts'
import { type LoopbackProvider, loopbackProvider } from '../channel/loopback-provider.ts'
import type { GuaranteeHarness } from './harness.ts'
import { type Office, furnish, officeOf } from './office.ts'
import { deaf, fated } from './trouble.ts'

/** What a case works with: a whole engine on the store under test, and the world around it. */
export interface Rig {
  readonly provider: LoopbackProvider
  readonly clock: ManualClock
  readonly channels: Readonly<Record<string, Channel>>
  /** The store beneath; changes when it is reopened. */
  readonly store: () => Storage
  /** The engine that was started last. */
  readonly engine: () => Engine
  /** One more engine on the same store, with a clock of its own when one is given; it hears nothing of the others. */
  readonly start: (options?: Partial<EngineOptions>) => Promise<Engine>
  /** Ends every engine, opens the store anew where that is possible, and starts one engine. */
  readonly restart: (options?: Partial<EngineOptions>) => Promise<Engine>
  /** The bytes that the store left behind, where it can be asked; ends every engine and starts one. */
  readonly atRest: (options?: Partial<EngineOptions>) => Promise<Uint8Array | undefined>
  /** A workspace of its own with queues, people and accounts, seen through the engine that was started last. */
  readonly office: () => Promise<Office>
  /** Problems reported from these places belong to the case; all others fail it. */
  readonly expect: (...places: ReadonlyArray<string>) => void
}

const channelsOn = (provider: LoopbackProvider): Readonly<Record<string, Channel>> => ({
  chat: loopback({ name: 'chat', provider, threading: 'contact', idempotentSend: false }),
  exact: loopback({ name: 'exact', provider, threading: 'contact', idempotentSend: true }),
  mail: loopback({ name: 'mail', provider, threading: 'thread', idempotentSend: false }),
  phone: loopback({
    name: 'phone',
    provider,
    threading: 'contact',
    idempotentSend: false,
    window: { hours: 24, templates: true },
  }),
  shown: loopback({
    name: 'shown',
    provider,
    threading: 'contact',
    idempotentSend: false,
    window: { hours: 24, humanHours: 168, templates: false },
    shows: true,
  }),
  exactMail: loopback({ name: 'exactMail', provider, threading: 'thread', idempotentSend: true }),
})

/** Gives a body its rig and takes everything down again, whatever happened. */
export const inRig = async (harness: GuaranteeHarness, body: (rig: Rig) => Promise<void>): Promise<void> => {
  const provider = loopbackProvider()
  const clock = manualClock()
  const channels = channelsOn(provider)
  const blobs = memoryBlobs()
  const problems: Array<string> = []
  const expected: Array<string> = []
  const running = new Set<Engine>()
  let store = await harness.open()
  let newest: Engine | undefined
  let offices = 0

  const start = async (options: Partial<EngineOptions> = {}): Promise<Engine> => {
    const engine = await createEngine({
      storage: deaf(fated(store)),
      channels,
      blobs,
      clock,
      random: () => 0.5,
      onError: ({ where, error }) => void problems.push(`${where}: ${String(error)}`),
      ...options,
    })
    running.add(engine)
    newest = engine
    return engine
  }
  const stop = async (): Promise<void> => {
    const ending = [...running]
    running.clear()
    // What still hangs would never end.
    provider.release()
    await Promise.all(ending.map((engine) => engine.close()))
  }
  const engine = (): Engine => {
    if (newest === undefined) throw new Error('no engine was started')
    return newest
  }
  const restart: Rig['restart'] = async (options) => {
    await stop()
    if (harness.reopen !== undefined) store = await harness.reopen(store)
    return start(options)
  }
  try {
    await start()
    await body({
      provider,
      clock,
      channels,
      start,
      engine,
      store: () => store,
      restart,
      atRest: async (options) => {
        await restart(options)
        return harness.atRest?.(store)
      },
      office: async () => {
        offices += 1
        const id = `office-${offices}`
        await furnish(engine(), id)
        return officeOf(engine(), id)
      },
      expect: (...places) => void expected.push(...places),
    })
    const unexpected = problems.filter((problem) => !expected.some((place) => problem.startsWith(place)))
    same(unexpected, [], 'problems that the engine reported')
  } finally {
    await stop()
    await store.close()
  }
}
