/**
 * Where conversations wait for a person.
 *
 * - `shared`: every member sees everything in it.
 * - `exclusive`: once somebody owns a conversation, only the owner, assignees, participants and managers see it.
 *
 * `claimOnReply` is the strategy `everyone`: all members may answer, and whoever answers first owns the conversation.
 */
export interface Queue {
  readonly id: string
  readonly name: string
  readonly mode: 'shared' | 'exclusive'
  readonly claimOnReply: boolean
}
