/** Why a script cannot be followed, and where. */
export type ScriptProblem =
  /** It is not what its type says; `issue` names the place. */
  | { readonly _tag: 'Malformed'; readonly issue: string }
  /** Something leads to a step that does not exist. */
  | { readonly _tag: 'UnknownStep'; readonly step: string; readonly from: string }
  /** Nothing leads to it. */
  | { readonly _tag: 'Unreachable'; readonly step: string }
  /** These steps follow from each other for ever, without the customer. */
  | { readonly _tag: 'Loop'; readonly steps: ReadonlyArray<string> }
  /** It neither says anything nor hands over nor closes: the customer would wait. */
  | { readonly _tag: 'Silent'; readonly step: string }
  /** It goes on after its end: what leaves the bot's hands neither waits nor leads anywhere. */
  | { readonly _tag: 'AfterEnd'; readonly step: string }
  /** It goes on at once and waits as well: one of the two. */
  | { readonly _tag: 'WaitsAndGoesOn'; readonly step: string }
  /** Something is said in several languages, but not in the script's own. */
  | { readonly _tag: 'NoWords'; readonly where: string; readonly language: string }
  /** From here on more is done at once than an engine accepts of one answer. */
  | { readonly _tag: 'TooMuch'; readonly step: string; readonly actions: number; readonly max: number }
  | { readonly _tag: 'BadForm'; readonly step: string; readonly issues: ReadonlyArray<string> }

/**
 * A script that cannot be followed.
 *
 * @example
 * ```ts
 * import { ScriptError, scriptedBot } from '@guichet/bot-scripted'
 *
 * try {
 *   scriptedBot({
 *     name: 'porter',
 *     language: 'en',
 *     start: 'hello',
 *     steps: { hello: { say: 'Hello', anything: 'goodbye' } },
 *     fallback: { say: 'Pardon?', times: 1 },
 *   })
 * } catch (error) {
 *   if (error instanceof ScriptError) console.log(error.problems)
 * }
 * ```
 *
 * ```text
 * [ { _tag: 'UnknownStep', step: 'goodbye', from: 'hello' } ]
 * ```
 */
export class ScriptError extends Error {
  readonly problems: ReadonlyArray<ScriptProblem>

  constructor(problems: ReadonlyArray<ScriptProblem>) {
    super(`the script cannot be followed: ${problems.map((problem) => JSON.stringify(problem)).join(', ')}`)
    this.name = 'ScriptError'
    this.problems = problems
  }
}
