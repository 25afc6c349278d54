/**
 * One thing that an adapter must do, as a function that any test runner can call: it resolves when it holds and
 * rejects with an Error that says what was expected and what came instead. Cases share nothing and run in any order.
 */
export interface ConformanceCase {
  /** The part of the port that it is about. */
  readonly area: string
  readonly name: string
  /** The id of the guarantee that it proves, such as `G52`. */
  readonly guarantee?: string
  readonly run: () => Promise<void>
}

/**
 * A test title: the guarantee first, when there is one.
 *
 * @example
 * ```ts
 * import { titleOf } from '@guichet/conformance'
 *
 * console.log(titleOf({ area: 'commit', name: 'stores all or nothing', guarantee: 'G45', run: async () => {} }))
 * ```
 *
 * ```text
 * G45 commit: stores all or nothing
 * ```
 */
export const titleOf = ({ area, name, guarantee }: ConformanceCase): string =>
  `${guarantee === undefined ? '' : `${guarantee} `}${area}: ${name}`
