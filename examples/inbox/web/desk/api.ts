import type { ConversationPage, ConversationSummary, Done, MessageView, Typing } from '@guichet/engine'
import type { Contact, Conversation, Entry, FileRef, Queue, Role } from '@guichet/engine/domain'

/** Why something did not happen: a refusal of the engine, one of the API, or no answer at all. */
export interface Failure {
  readonly _tag: string
}
export type Answer<A> = { readonly ok: true; readonly value: A } | { readonly ok: false; readonly failure: Failure }

export type Summary = ConversationSummary
export type { Contact, ConversationPage, Done, Entry, Typing }

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

export interface Setup {
  readonly me: { readonly id: string; readonly name: string; readonly role: Role }
  readonly position: number
  readonly agents: ReadonlyArray<{ readonly id: string; readonly name: string; readonly role: Role }>
  readonly accounts: ReadonlyArray<{ readonly id: string; readonly channel: string; readonly name: string }>
  readonly queues: ReadonlyArray<Queue & { readonly open: number }>
}

export interface Found {
  readonly items: ReadonlyArray<{ readonly conversation: Summary; readonly seq: number; readonly snippet: string }>
}

export type Opened = Summary & { readonly state: Conversation }

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

export const ask = <A>(path: string, query?: Query): Promise<Answer<A>> => answered(fetch(address(path, query)))

export const tell = <A>(path: string, body: object = {}, query?: Query): Promise<Answer<A>> =>
  answered(
    fetch(address(path, query), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  )

export const conversationPath = (id: string, rest = ''): string => `/api/conversations/${encodeURIComponent(id)}${rest}`
