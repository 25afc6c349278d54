import { chatIn } from './chat.ts'
import type { Environment } from './environment.ts'
import type { Chat, ChatOptions } from './types.ts'

export type { Chat, ChatEvents, ChatFile, ChatMessage, ChatOptions, ChatState, ChatStatus } from './types.ts'

/** A chat in this page. Nothing happens before `connect`, and nothing at all where this is only imported. */
export const createChat = (options: ChatOptions): Chat => chatIn(globalThis as unknown as Environment, options)
