import { signal } from '@preact/signals'
import { timeNow } from '../../shared/time.ts'

/** A method of an agent's session, and what it is called with. */
export interface EngineCall {
  readonly name: string
  readonly args: ReadonlyArray<unknown>
}

/** A call as the drawer shows it. */
export interface LoggedCall extends EngineCall {
  readonly key: number
  readonly at: number
  /** `ok`, or the tag of what stood in the way. */
  readonly outcome: string
  /** What came back when it was refused. */
  readonly refusal: unknown
}

/** What this window has asked of the engine, newest first. */
export const callLog = signal<ReadonlyArray<LoggedCall>>([])
const keptCalls = 200

let last = 0

export const logCall = (call: EngineCall, refusal: { readonly _tag: string } | null): void => {
  last += 1
  const logged = { ...call, key: last, at: timeNow(), outcome: refusal?._tag ?? 'ok', refusal }
  callLog.value = [logged, ...callLog.value].slice(0, keptCalls)
}

type Body = Readonly<Record<string, unknown>>

const given = (options: Body): ReadonlyArray<unknown> => (Object.keys(options).length === 0 ? [] : [options])

const onConversation = (id: string, act: string, body: Body): EngineCall => {
  switch (act) {
    case 'messages': {
      const { note, ...written } = body
      return { name: `conversations.${note === true ? 'note' : 'reply'}`, args: [id, written] }
    }
    case 'draft':
      return { name: 'conversations.saveDraft', args: [id, body['text'], body['mode'] ?? 'reply'] }
    case 'typing':
      return { name: 'conversations.typing', args: [id, body['on'] ?? true] }
    case 'transfer': {
      const { agent, queue, ...rest } = body
      return {
        name: 'conversations.transfer',
        args: [id, { to: queue === undefined ? { agent } : { queue }, ...rest }],
      }
    }
    default:
      return { name: `conversations.${act}`, args: [id, ...given(body)] }
  }
}

/** What the server will call for a request of this window; undefined for what is no business of the engine’s. */
export const callAt = (path: string, body: object, query: object = {}): EngineCall | undefined => {
  if (path === '/api/call') {
    const { call, args } = body as { readonly call: string; readonly args: ReadonlyArray<unknown> }
    return { name: call, args }
  }
  const [, id = '', act] = /^\/api\/conversations\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? []
  if (act !== undefined) return onConversation(decodeURIComponent(id), act, body as Body)
  if (id === 'markAllRead') {
    const filter = Object.fromEntries(
      Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== false),
    )
    return { name: 'conversations.markAllRead', args: given(filter) }
  }
  return undefined
}
