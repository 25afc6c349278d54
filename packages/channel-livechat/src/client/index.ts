import { chatIn } from './chat.ts'
import type { Environment } from './environment.ts'
import type { Chat, ChatOptions } from './types.ts'

export type {
  Chat,
  ChatEvents,
  ChatField,
  ChatFile,
  ChatMessage,
  ChatPart,
  ChatOptions,
  ChatState,
  ChatStatus,
} from './types.ts'

/**
 * A chat in this page. Nothing happens before `connect`, and nothing at all where this is only imported.
 *
 * @example
 * ```ts no-run
 * // in a browser
 * import { createChat } from '@guichet/channel-livechat/client'
 *
 * const chat = createChat({ server: 'https://shop.example/chat/v1', account: 'acme/site' })
 * chat.on('state', ({ status, messages }) => {
 *   document.title = `${status}: ${messages.at(-1)?.text ?? ''}`
 * })
 * chat.connect()
 * chat.send('Where is my chair?')
 * ```
 */
export const createChat = (options: ChatOptions): Chat => chatIn(globalThis as unknown as Environment, options)
