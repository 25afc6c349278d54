/**
 * What a customer's device shows beside messages. `to` is the contact's address on this account, `externalId` the
 * provider's id of the message that it is about. All of them may be said twice: they are the same then as once.
 */
export type Signal =
  /** Everything that the contact has written, up to this message, was read by somebody who answers here. */
  | { readonly _tag: 'Read'; readonly to: string; readonly externalId: string }
  /**
   * Somebody writes an answer, or has stopped. `answers` is the contact's newest message, where it has an id and may be
   * shown as read: some providers show both at once.
   */
  | { readonly _tag: 'Typing'; readonly to: string; readonly on: boolean; readonly answers?: string }
  /** The one sign that stands beside a message for all of ours; null takes it away. `in` is a message of the contact. */
  | {
      readonly _tag: 'Reaction'
      readonly to: string
      readonly externalId: string
      readonly direction: 'in' | 'out'
      readonly emoji: string | null
    }
  /** We take the conversation from the application that has it, or pass it on to the one that the provider is set up with. */
  | { readonly _tag: 'Control'; readonly to: string; readonly ours: boolean }
