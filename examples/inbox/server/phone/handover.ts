import { type Answer, json } from '@guichet/local-providers'

/** Several applications of one page, of which one has a conversation. Source: Meta, "Conversation Routing". */

/** What an application is told whose conversation another one has taken. */
export const taken = (from: string): object => ({ take_thread_control: { previous_owner_app_id: from } })

/** The same, as it is told to an application that only listens: another one has the conversation. */
export const overheard = (notification: object): object => {
  const { entry, ...rest } = notification as {
    readonly entry: ReadonlyArray<{ readonly messaging: ReadonlyArray<object> }>
  }
  return { ...rest, entry: entry.map(({ messaging, ...one }) => ({ ...one, standby: messaging })) }
}

/** What is said to an application that sends where another one has the conversation. */
export const notYours: Answer = json(400, {
  error: {
    message: '(#10) Message failed to send because another app is controlling this thread now.',
    type: 'OAuthException',
    code: 10,
    error_subcode: 2_018_300,
  },
})
