import type { GraphError } from '@guichet/channel-kit/meta'
import type { RejectedBecause } from '@guichet/engine/ports'

/**
 * What an error of the Graph API means for a send. `throttle`: later, and nothing else either; `slow`: later, for this
 * conversation; `transient`: again in a moment; `ambiguous`: it may have been sent; `refused`: final, for a reason of its own;
 * `permission`: the token is good, and not for this.
 */
export type ErrorClass = 'throttle' | 'slow' | 'transient' | 'ambiguous' | 'refused' | 'permission' | RejectedBecause

interface Rule {
  /** A code, or the first and the last of several; any when absent. */
  readonly code?: number | readonly [number, number]
  /** Any when absent. */
  readonly subcode?: number
  /** What stands in the message of an error that has no number of its own. */
  readonly says?: string
  readonly means: ErrorClass
}

/** The first that fits counts. Source: Meta, "Messenger Platform: Error Codes", "Rate Limits", "Conversation Routing". */
const rules: ReadonlyArray<Rule> = [
  // Meta has often sent it when it says so.
  { code: 1357046, means: 'ambiguous' },
  { subcode: 1357046, means: 'ambiguous' },

  { code: 4, subcode: 2018022, means: 'slow' },
  { code: 4, means: 'throttle' },
  { code: 17, means: 'throttle' },
  { code: 32, means: 'throttle' },
  { code: 341, means: 'throttle' },
  { code: 613, means: 'throttle' },
  { code: [80_001, 80_014], means: 'throttle' },

  // 1545041 as a code: the window is closed. As a subcode, of 200 or 551: the person cannot be reached.
  { code: 1545041, means: 'window' },
  { code: 10, subcode: 2018278, means: 'window' },
  { code: 10, subcode: 2018065, means: 'window' },
  { code: 2534022, means: 'window' },
  { subcode: 2534022, means: 'window' },

  { code: 551, means: 'recipient' },
  { subcode: 1545041, means: 'recipient' },
  { code: 100, subcode: 2018001, means: 'recipient' },
  { code: 10, subcode: 2018108, means: 'recipient' },
  { code: 230, means: 'recipient' },

  // The page is restricted, the account is blocked for a time, or has to be linked anew.
  { code: 10, subcode: 1893063, means: 'account' },
  { code: 368, means: 'account' },
  { code: 10_303, means: 'account' },

  // Another application has this conversation: nothing is wrong with the account, nor with our token.
  { code: 10, subcode: 2018300, means: 'refused' },

  { code: -1, means: 'transient' },
  { code: 1, means: 'transient' },
  { code: 2, means: 'transient' },
  { code: 1200, means: 'transient' },

  { code: 100, says: 'appsecret_proof', means: 'auth' },
  { code: 190, means: 'auth' },
  { code: 102, means: 'auth' },
  { code: 10, means: 'permission' },
  { code: [200, 299], means: 'permission' },

  { code: 100, means: 'content' },
]

const isOf = (code: number, of: Rule['code']): boolean =>
  of === undefined || (typeof of === 'number' ? code === of : of[0] <= code && code <= of[1])

const fits = ({ code, subcode, says = '' }: Rule, error: GraphError): boolean =>
  isOf(error.code, code) && (subcode === undefined || subcode === error.subcode) && error.message.includes(says)

/** What an error means. One that nobody knows is tried again where Meta says that it passes, and is final otherwise. */
export const classify = (error: GraphError): ErrorClass =>
  rules.find((rule) => fits(rule, error))?.means ?? (error.transient ? 'transient' : 'refused')
