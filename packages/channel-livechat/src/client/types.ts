// The public surface of the browser client. The widget is built on this and on nothing else.

import type { FieldFrame, PartFrame } from '../protocol/parts.ts'

/**
 * The connection. `idle` before `connect` and after `logout`; `connecting`, `online`; `reconnecting` when it was lost,
 * with growing pauses; `offline` while the browser says that there is no network; `closed` for good: destroyed or
 * refused.
 */
export type ChatStatus = 'idle' | 'connecting' | 'online' | 'reconnecting' | 'offline' | 'closed'

/** A file of a message; its size in bytes. */
export interface ChatFile {
  readonly name: string
  readonly mime: string
  readonly size: number
  /** Where to fetch it; absent while it is being uploaded. */
  readonly url?: string
}

/** A part of a message beyond words and files: a form, choices, a card, or the visitor's answer. */
export type ChatPart = PartFrame
/** A question of a form. */
export type ChatField = FieldFrame

/** A message as the visitor sees it, from the moment it is written. */
export interface ChatMessage {
  /** The client's own id for what it sent, or `m<seq>`: stable over retries, so a list can be keyed by it. */
  readonly id: string
  /** Absent until the server has stored it. */
  readonly seq?: number
  readonly from: 'visitor' | 'agent'
  readonly author: string | null
  readonly text: string
  readonly files: ReadonlyArray<ChatFile>
  readonly parts?: ReadonlyArray<ChatPart>
  /** Epoch milliseconds. */
  readonly at: number
  readonly state: 'sending' | 'sent' | 'delivered' | 'seen' | 'failed'
  /** Why it failed: a code of the protocol. */
  readonly error?: string
  /** Of `invalid`: what is wrong with which field of a form, as `name: what it should be`. */
  readonly issues?: ReadonlyArray<string>
  readonly edited?: boolean
  readonly deleted?: boolean
}

/** One immutable snapshot: a render needs nothing else. */
export interface ChatState {
  readonly status: ChatStatus
  /** When the connection was lost; absent while it holds. */
  readonly lostAt?: number
  readonly messages: ReadonlyArray<ChatMessage>
  readonly unread: number
  /** The agent who is typing now. */
  readonly typing: string | null
  readonly conversation: 'none' | 'open' | 'ended'
  readonly limits: { readonly maxFiles: number; readonly maxFileBytes: number; readonly types: ReadonlyArray<string> }
}

/** What a chat tells its listeners, by name. */
export interface ChatEvents {
  readonly ready: ChatState
  readonly state: ChatState
  /** A message from an agent that arrived live, never one of the history. */
  readonly message: ChatMessage
  readonly sent: ChatMessage
  readonly unread: { readonly count: number }
  readonly status: { readonly status: ChatStatus }
  readonly error: { readonly code: string; readonly message: string }
}

/** Which chat to connect to, and as whom. */
export interface ChatOptions {
  /** Base URL of the server, for example `https://shop.example/chat/v1`. */
  readonly server: string
  /** `workspace/account`. */
  readonly account: string
  readonly locale?: string
  /** A signed identity token, or how to get a fresh one. */
  readonly token?: string | (() => Promise<string>)
  /** Where the resume token and the outbox are kept; `localStorage` unless given. */
  readonly storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
}

/** A chat without a screen. Connects at `connect`, and not before: no socket, no storage, no cookie until then. */
export interface Chat {
  readonly state: ChatState
  readonly on: <Name extends keyof ChatEvents>(name: Name, listener: (event: ChatEvents[Name]) => void) => () => void
  readonly connect: () => void
  /** Stores it, shows it as sending, sends it now or when the connection is back. Never twice. */
  readonly send: (text: string, files?: ReadonlyArray<File>) => ChatMessage
  /** Answers a form by its id, values by the names of its fields; an answer that was refused before is forgotten. */
  readonly answer: (form: string, values: Readonly<Record<string, string | number | boolean>>) => ChatMessage
  /** Presses one of the choices that were offered. */
  readonly choose: (choice: { readonly id: string; readonly label: string }) => ChatMessage
  readonly retry: (id: string) => void
  readonly typing: (on: boolean) => void
  /** Everything up to the newest message has been seen. */
  readonly read: () => void
  readonly end: () => void
  /** Forgets the visitor on this device. */
  readonly logout: () => void
  readonly destroy: () => void
}
