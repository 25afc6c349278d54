import type { AnswerFrame, PartFrame } from './parts.ts'

/**
 * What goes over the wire between a visitor's browser and the server: JSON text frames over one WebSocket, one object a
 * frame, told apart by `type`. Types only, so that the browser client carries none of it.
 */

/** A file of a message. `key` opens it at `GET {path}/files/{id}?k={key}` for a day, and opens nothing else. */
export interface FileFrame {
  readonly id: string
  readonly name: string
  readonly mime: string
  /** In bytes. */
  readonly size: number
  readonly key: string
}

/** A message as the visitor may see it. */
export interface MessageBody {
  /** Its number in the journal of the conversation: rising, with gaps where something happened inside. */
  readonly seq: number
  /** The seq of the visible message before it, 0 for the first: whoever has not got that one has missed something. */
  readonly prev: number
  readonly from: 'visitor' | 'agent'
  /** The client's own id of what it sent. */
  readonly clientId?: string
  readonly author: string | null
  readonly text: string
  readonly files: ReadonlyArray<FileFrame>
  /** Forms, choices, cards and answers to them. */
  readonly parts?: ReadonlyArray<PartFrame>
  /** Epoch milliseconds. */
  readonly at: number
  readonly quote?: number
  readonly edited?: true
  readonly deleted?: true
}

/** Which conversation the visitor is in. `seq` numbers of two conversations say nothing about each other. */
export interface ThreadHead {
  readonly conversation: string | null
  readonly status: 'none' | 'open' | 'ended'
}

export type ClientFrame =
  | {
      readonly type: 'hello'
      readonly sessionToken: string
      /** The seq of the newest message that the client has; 0 for none. */
      readonly lastSeq: number
      /** The conversation that `lastSeq` counts in. */
      readonly conversation?: string | null
    }
  | {
      readonly type: 'send'
      /** A UUID made by the client: the same one again is the same message. */
      readonly clientId: string
      readonly text: string
      /** Ids of uploads. */
      readonly files: ReadonlyArray<string>
      /** An answer to a form, or a choice: instead of a text. */
      readonly answer?: AnswerFrame
      /** The seq of the message that it quotes. */
      readonly quote?: number
    }
  /** The next page of what came after a message. */
  | { readonly type: 'fetch'; readonly after: number }
  /** Everything up to here has arrived. */
  | { readonly type: 'ack'; readonly seq: number }
  /** Everything up to here has been seen. */
  | { readonly type: 'read'; readonly seq: number }
  | { readonly type: 'typing'; readonly on: boolean }
  /** The visitor closes the conversation. */
  | { readonly type: 'end' }
  | { readonly type: 'ping' }

export interface Page {
  /** By rising seq. */
  readonly messages: ReadonlyArray<MessageBody>
  /** Whether to `fetch` again, after the last one. Nothing is pushed before the last page has been fetched. */
  readonly more: boolean
}

export type ServerFrame =
  | ({
      readonly type: 'welcome'
      /** The newest entry of the journal. */
      readonly seq: number
      /** The client has another conversation, or a number that this one never had: it starts again from nothing. */
      readonly reset: boolean
      /** Messages that the client has and that were edited or deleted lately. */
      readonly changed: ReadonlyArray<MessageBody>
      /** The newest message of an agent that was seen on any device. */
      readonly readUpTo: number
    } & ThreadHead &
      Page)
  | ({ readonly type: 'page' } & Page)
  | { readonly type: 'message'; readonly message: MessageBody }
  /** A message that was edited or deleted, as it is now. */
  | { readonly type: 'changed'; readonly message: MessageBody }
  /** The conversation was closed, reopened, or is another one: then everything is fetched again, from 0. */
  | ({ readonly type: 'thread'; readonly reset: boolean } & ThreadHead)
  /** Stored. `at` is absent when it had been stored in a conversation that is over. */
  | {
      readonly type: 'sent'
      readonly clientId: string
      readonly conversation: string
      readonly seq: number
      readonly at?: number
    }
  /** Not stored. */
  | {
      readonly type: 'failed'
      readonly clientId: string
      readonly code: SendFailure
      /** Of `invalid`: what is wrong with which field, as `name: what it should be`. */
      readonly issues?: ReadonlyArray<string>
    }
  /** Seen in another tab or on another device. */
  | { readonly type: 'read'; readonly seq: number }
  | { readonly type: 'typing'; readonly name: string; readonly on: boolean }
  | { readonly type: 'pong' }
  /** The last frame before the server closes. Carries a code and nothing else. */
  | { readonly type: 'error'; readonly code: CloseReason }

/** `rate_limited` and `unavailable` pass; the others would fail again. */
export type SendFailure =
  | 'rate_limited'
  | 'unavailable'
  | 'refused'
  | 'invalid'
  | 'empty'
  | 'too_many_files'
  | 'unknown_upload'

export type CloseReason = 'bad_frame' | 'unauthorized' | 'origin' | 'rate_limited' | 'too_slow' | 'timeout' | 'restart'

/** Codes of HTTP answers, as `{ "error": code }`. */
export type HttpError =
  | 'bad_request'
  | 'too_large'
  | 'not_found'
  | 'method_not_allowed'
  | 'unknown_account'
  | 'origin'
  | 'session_invalid'
  | 'resume_invalid'
  | 'identity_invalid'
  | 'rate_limited'
  | 'file_type'
  | 'too_many_files'
  | 'unavailable'

/** What `POST {path}/sessions` takes. */
export interface SessionRequest {
  /** `workspace/account`. */
  readonly account: string
  readonly resumeToken?: string
  /** A signed identity: HS256 JWT `{ sub, exp, email?, name? }`. */
  readonly token?: string
  readonly page?: { readonly url?: string; readonly title?: string; readonly referrer?: string }
  readonly locale?: string
  readonly tz?: string
  readonly screen?: string
}

/** What `POST {path}/sessions` answers. */
export interface SessionAnswer {
  /** Opens the socket and the files. */
  readonly sessionToken: string
  /** How long it does, in milliseconds. */
  readonly expiresIn: number
  /** Comes back to the same history later; replaced by a new one each time. */
  readonly resumeToken: string
  /** Who this is: random for an anonymous visitor, `sub:…` for an identified one. */
  readonly visitorId: string
  readonly config: {
    readonly maxFiles: number
    readonly maxFileBytes: number
    readonly types: ReadonlyArray<string>
    /** In characters. */
    readonly maxTextLength: number
  }
  /** The newest entry of the visitor's conversation, 0 when there is none. */
  readonly seq: number
}

/** What `POST {path}/files` answers. */
export interface UploadAnswer {
  readonly id: string
  readonly name: string
  readonly mime: string
  readonly size: number
}
