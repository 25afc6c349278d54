import type { Clock as EffectClock } from 'effect/Clock'
import * as Duration from 'effect/Duration'
import * as Effect from 'effect/Effect'
import type { Clock } from '../ports/clock.ts'

/** Effect's clock on top of the engine's, so that schedules and pauses obey a test clock as everything else does. */
export const effectClock = (clock: Clock): EffectClock => {
  const nanos = (): bigint => BigInt(clock.now()) * 1_000_000n
  return {
    currentTimeMillisUnsafe: clock.now,
    currentTimeMillis: Effect.sync(clock.now),
    currentTimeNanosUnsafe: nanos,
    currentTimeNanos: Effect.sync(nanos),
    monotonicTimeNanosUnsafe: nanos,
    monotonicTimeNanos: Effect.sync(nanos),
    sleep: (duration) =>
      Effect.callback<void>((resume) => {
        const cancel = clock.at(clock.now() + Duration.toMillis(duration), () => resume(Effect.void))
        return Effect.sync(cancel)
      }),
  }
}
