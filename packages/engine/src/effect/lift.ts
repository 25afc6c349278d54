import * as Effect from 'effect/Effect'
import type { Refusal } from '../domain/conversation/refusal.ts'
import type { Outcome } from '../facade/types.ts'
import { type EngineError, storageFailed } from '../runtime/error.ts'

/** What a method of the Promise face answers, as an Effect: refusals are failures with a tag. */
type Lifted<Answer> = [Answer] extends [Outcome<infer A>]
  ? Effect.Effect<A, Refusal | EngineError>
  : Effect.Effect<Answer, EngineError>

/** An object of Promise methods as an object of Effect methods. */
export type Lift<Methods> = {
  readonly [Name in keyof Methods]: Methods[Name] extends (...args: infer Args) => Promise<infer Answer>
    ? (...args: Args) => Lifted<Answer>
    : never
}

const isOutcome = (answer: unknown): answer is Outcome<unknown> =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && typeof answer.ok === 'boolean'

const liftMethod =
  (method: (...args: ReadonlyArray<unknown>) => Promise<unknown>) =>
  (...args: ReadonlyArray<unknown>): Effect.Effect<unknown, Refusal | EngineError> =>
    Effect.flatMap(
      Effect.tryPromise({ try: () => method(...args), catch: storageFailed }),
      (answer): Effect.Effect<unknown, Refusal> => {
        if (!isOutcome(answer)) return Effect.succeed(answer)
        return answer.ok ? Effect.succeed(answer.value) : Effect.fail(answer.refusal)
      },
    )

/** Lifts every method; the object must have nothing but methods that answer with a Promise. */
export const lift = <Methods extends object>(methods: Methods): Lift<Methods> =>
  Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [
      name,
      liftMethod(method as (...args: ReadonlyArray<unknown>) => Promise<unknown>),
    ]),
  ) as Lift<Methods>

/** The parts of an object that have these names, each lifted whole. */
export const liftAll = <Whole extends object, Name extends keyof Whole>(
  whole: Whole,
  names: ReadonlyArray<Name>,
): { readonly [Part in Name]: Lift<Whole[Part]> } =>
  Object.fromEntries(names.map((name) => [name, lift(whole[name] as object)])) as {
    readonly [Part in Name]: Lift<Whole[Part]>
  }
