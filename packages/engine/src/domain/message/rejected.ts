/** Why a provider refuses a message for good, where that says something of other messages as well. */
export const rejectedBecause = ['window', 'optedOut', 'recipient', 'content', 'auth', 'account'] as const

/**
 * Why a provider refused a message for good: its `window` is closed, the customer has opted out (`optedOut`), there is
 * no such `recipient`, it does not take this `content`, or our credentials (`auth`) or the `account` itself are not
 * accepted. The last two stand in the way of every other message as well: none of the account is failed by them, they all
 * wait until its health is reported `ok`, its settings are put again, or the host resumes it.
 */
export type RejectedBecause = (typeof rejectedBecause)[number]

/** What a refusal says of the messages after it: nothing, or what is now known of the contact or of the account. */
export type RefusalLesson =
  | { readonly _tag: 'Nothing' }
  | { readonly _tag: 'WindowIsClosed' }
  | { readonly _tag: 'OptedOut'; readonly scope: 'all' | 'marketing' }
  | { readonly _tag: 'AccountIsRefused'; readonly because: 'auth' | 'account' }

/**
 * What is learnt from a refusal, so that the next message is not tried in vain. Who does not want what was approved for
 * everybody may still want an answer.
 *
 * @param template whether the message was one that the provider approved, and nothing else.
 *
 * @example
 * ```ts
 * import { lessonOf } from '@guichet/engine/domain'
 *
 * console.log(lessonOf('optedOut', true), lessonOf('auth', false), lessonOf('content', false))
 * ```
 *
 * ```text
 * { _tag: 'OptedOut', scope: 'marketing' } { _tag: 'AccountIsRefused', because: 'auth' } { _tag: 'Nothing' }
 * ```
 */
export const lessonOf = (because: RejectedBecause, template: boolean): RefusalLesson => {
  switch (because) {
    case 'window':
      return { _tag: 'WindowIsClosed' }
    case 'optedOut':
      return { _tag: 'OptedOut', scope: template ? 'marketing' : 'all' }
    case 'auth':
    case 'account':
      return { _tag: 'AccountIsRefused', because }
    case 'recipient':
    case 'content':
      return { _tag: 'Nothing' }
  }
}
