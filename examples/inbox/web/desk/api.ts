import type {
  ConversationPage,
  ConversationSummary,
  Done,
  MessageView,
  SavedView,
  SeatView,
  Typing,
  Watching,
} from '@guichet/engine'
import type {
  AttributeDefinition,
  CanSend,
  Contact,
  Conversation,
  Department,
  Entry,
  FileRef,
  Permission,
  Queue,
  Role,
} from '@guichet/engine/domain'
import type { Signal } from '@guichet/engine/ports'

import { callAt, logCall } from './state/call-log.ts'
import { aboutOf, inTurn } from './state/turns.ts'

/** Why something did not happen: a refusal of the engine, one of the API, or no answer at all. */
export interface Failure {
  readonly _tag: string
}
export type Answer<A> = { readonly ok: true; readonly value: A } | { readonly ok: false; readonly failure: Failure }

export type Summary = ConversationSummary
export type { Contact, ConversationPage, Done, Entry, SavedView, SeatView, Typing, Watching }

export interface Message extends MessageView {
  readonly author: MessageView['author'] & { readonly name: string | null }
  readonly hasHtml: boolean
  readonly files: ReadonlyArray<FileRef & { readonly url: string }>
}

export interface MessagePage {
  readonly items: ReadonlyArray<Message>
  readonly entries: ReadonlyArray<Entry>
  readonly before: number | null
}

export interface Colleague {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly extension: string | null
  readonly queues: ReadonlyArray<string>
}

/** A queue with what waits in it. `mine`: this agent is one of its people, so the figures are for her. */
export interface QueueNow extends Queue {
  readonly mine: boolean
  readonly open: number
  readonly waiting: number
  readonly waitingSince: number | null
  readonly online: ReadonlyArray<string>
}

export interface Setup {
  readonly me: {
    readonly id: string
    readonly name: string
    readonly role: Role
    readonly permissions: ReadonlyArray<Permission>
    readonly email?: string
    readonly signature?: string
    readonly languages?: ReadonlyArray<string>
  }
  /** Definitions of custom attributes. */
  readonly attributes: ReadonlyArray<AttributeDefinition>
  readonly position: number
  /** The engine's time, epoch milliseconds. */
  readonly now: number
  readonly agents: ReadonlyArray<Colleague>
  readonly seats: ReadonlyArray<SeatView>
  readonly accounts: ReadonlyArray<{
    readonly id: string
    readonly channel: string
    readonly name: string
    readonly queue: string
    readonly bots: ReadonlyArray<string>
    readonly signature: boolean
    readonly signals: ReadonlyArray<Signal['_tag']>
  }>
  readonly departments: ReadonlyArray<Department>
  readonly views: ReadonlyArray<SavedView & { readonly count: number }>
  /** Conversations that somebody is being offered, as far as this agent sees them. */
  readonly offers: ReadonlyArray<Summary>
  readonly queues: ReadonlyArray<QueueNow>
}

export interface Found {
  readonly items: ReadonlyArray<{ readonly conversation: Summary; readonly seq: number; readonly snippet: string }>
}

export type Opened = Summary & { readonly state: Conversation; readonly canSend: CanSend }

export const as = new URLSearchParams(location.search).get('as') ?? 'ana'

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

/** An address of the API, for the agent of this window. */
export const address = (path: string, query: Query = {}): string => {
  const params = new URLSearchParams({ as })
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== false) params.set(name, String(value))
  }
  return `${path}?${params}`
}

let leaving = false
window.addEventListener('pagehide', () => {
  leaving = true
})
window.addEventListener('pageshow', () => {
  leaving = false
})

const answered = async <A>(request: Promise<Response>): Promise<Answer<A>> => {
  try {
    const response = await request
    const body: unknown = await response.json()
    if (response.ok) return { ok: true, value: body as A }
    return { ok: false, failure: (body as { readonly error?: Failure }).error ?? { _tag: 'Internal' } }
  } catch {
    return { ok: false, failure: { _tag: 'Network' } }
  }
}

/** What has no answer by then has none: some networks swallow a request and say nothing. In milliseconds. */
const patience = 15_000

export const ask = <A>(path: string, query?: Query): Promise<Answer<A>> =>
  answered(fetch(address(path, query), { signal: AbortSignal.timeout(patience) }))

/** Asks for something to be done, after what was asked about the same before; the drawer shows what it was to the engine. */
export const tell = async <A>(path: string, body: object = {}, query?: Query): Promise<Answer<A>> => {
  const post = () =>
    answered<A>(
      fetch(address(path, query), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        // What was said on the way out is still said; a browser takes no more than 64 KB along.
        keepalive: leaving,
      }),
    )
  const about = aboutOf(path, body)
  // Who leaves waits for no turn: the page would be gone before it comes.
  const answer = await (about === undefined || leaving ? post() : inTurn(about, post))
  const asked = callAt(path, body, query)
  if (asked !== undefined) logCall(asked, answer.ok ? null : answer.failure)
  return answer
}

export const conversationPath = (id: string, rest = ''): string => `/api/conversations/${encodeURIComponent(id)}${rest}`
