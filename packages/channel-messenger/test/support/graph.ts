import { type Asked, type Fate, json, openServer, type Turn } from '@guichet/local-providers'
import {
  type ActionBody,
  type ControlBody,
  sendApi,
  type SendApiPlace,
  type TakenMessage,
} from '@guichet/local-providers/messenger'
import { onTestFinished } from 'vitest'

interface Upload {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
}

export interface Graph {
  readonly origin: string
  readonly taken: ReadonlyArray<TakenMessage>
  readonly uploads: ReadonlyArray<Upload>
  /** What was shown beside messages. */
  readonly actions: ReadonlyArray<ActionBody>
  /** What was asked of conversations, by the edge that it was asked at. */
  readonly controls: ReadonlyArray<{ readonly edge: string; readonly body: ControlBody }>
  /** The paths of all requests, with their query. */
  readonly asked: ReadonlyArray<string>
  /** Puts a turn before the next request for a place, `messages` unless said. */
  readonly next: (turn: Turn, place?: SendApiPlace) => void
  /** Resolves when the next request to `messages` has been read. */
  readonly whenAsked: () => Promise<void>
  /** Notes that somebody wrote, which opens the window. */
  readonly wrote: (who: string, at: number) => void
  /** Sets the clock of Meta. */
  readonly setNow: (now: number) => void
  /** Sets the token that is accepted from now on: another one has expired. */
  readonly setToken: (token: string) => void
  /** Makes somebody known; of others nothing is told. */
  readonly introduce: (who: string, profile: Readonly<Record<string, string>>) => void
  /** Holds a file; answers with its address. */
  readonly hold: (path: string, bytes: Uint8Array, mime: string) => string
}

export interface GraphOptions {
  readonly product?: 'messenger' | 'instagram'
  readonly node: string
  readonly token: string
  readonly proofSecret?: string
  /** What uploads have to say, where a page serves two products. */
  readonly platform?: 'instagram'
}

/** The Graph API of one page or account, as far as messages go. It stops with the test. */
export const openGraph = async ({ product = 'messenger', token, ...own }: GraphOptions): Promise<Graph> => {
  const taken: Array<TakenMessage> = []
  const uploads: Array<Upload> = []
  const actions: Array<ActionBody> = []
  const controls: Array<{ readonly edge: string; readonly body: ControlBody }> = []
  const profiles = new Map<string, Readonly<Record<string, string>>>()
  const wrote = new Map<string, number>()
  const held = new Map<string, { readonly bytes: Uint8Array; readonly mime: string }>()
  let now = Date.now()
  let accepted = token

  const api = sendApi({
    ...own,
    product,
    token: () => accepted,
    now: () => now,
    wroteAt: (who) => wrote.get(who),
    profileOf: (who) => profiles.get(who),
    act: (body) => void actions.push(body),
    control: (edge, body) => void controls.push({ edge, body }),
    files: {
      keep: ({ as: type = 'file', ...file }) => {
        const id = `att_${uploads.length + 1}`
        uploads.push({ id, type, ...file })
        return id
      },
      get: (id) => {
        const found = uploads.find((one) => one.id === id)
        return found === undefined ? undefined : { ...found, as: found.type }
      },
    },
    take: ({ to, body }) => {
      const mid = `m_out_${taken.length + 1}`
      taken.push({ mid, to, body })
      return json(200, { recipient_id: to, message_id: mid })
    },
  })
  const heldAt = ({ url }: Pick<Asked, 'url'>): Fate => {
    const file = held.get(url.pathname)
    return file === undefined ? api.nothing : { status: 200, headers: { 'content-type': file.mime }, body: file.bytes }
  }
  const server = await openServer<SendApiPlace | 'held'>(() => ({
    ...api,
    placeOf: (method, url) => (held.has(url.pathname) ? 'held' : api.placeOf(method, url)),
    answer: (place, asked) => (place === 'held' ? heldAt(asked) : api.answer(place, asked)),
  }))
  onTestFinished(server.close)
  const { origin, script, whenAsked } = server
  return {
    origin,
    taken,
    uploads,
    actions,
    controls,
    get asked() {
      return server.asked.filter(({ place }) => place !== 'held').map(({ url }) => `${url.pathname}${url.search}`)
    },
    next: (turn, place = 'messages') => script(place, turn),
    whenAsked: () => whenAsked('messages'),
    wrote: (who, at) => void wrote.set(who, Math.max(at, wrote.get(who) ?? 0)),
    setNow: (at) => {
      now = at
    },
    setToken: (given) => {
      accepted = given
    },
    introduce: (who, profile) => void profiles.set(who, profile),
    hold: (path, bytes, mime) => {
      held.set(path, { bytes, mime })
      return `${origin}${path}`
    },
  }
}
