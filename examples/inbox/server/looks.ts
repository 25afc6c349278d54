import type { AgentSession, Watching } from '@guichet/engine'
import type { Talk } from './talk.ts'

/** What a window shows from now on; null for nothing. */
export interface Look {
  readonly agent: string
  /** The window's own name. */
  readonly window: string
  readonly conversation: string | null
}

/** Which window looks at what. To look is to hold something, and only the window's stream knows when it is let go. */
export interface Looks {
  /** A window's stream is open here: from now on it can look at something. Returns how to close it. */
  readonly open: (session: AgentSession, window: string) => () => void
  /** False when its stream has ended: nobody would ever look away from what it looks at. */
  readonly look: (look: Look) => boolean
  /** Who is at which conversation at this moment, as far as this agent may see it: for a window that has just opened. */
  readonly now: (session: AgentSession) => Promise<ReadonlyArray<Watching>>
}

const keyOf = ({ agent, window }: Omit<Look, 'conversation'>): string => `${agent}/${window}`

/** The stream of a window may be open at another process than the one that is told what it looks at. */
export const makeLooks = (talk: Talk<Look>): Looks => {
  /** Windows whose stream is open here, and how each looks away again. */
  const windows = new Map<string, { readonly session: AgentSession; away: () => void }>()
  /** What every window looks at, as far as this process has heard. */
  const shown = new Map<string, string>()

  const take = (look: Look): boolean => {
    const { conversation } = look
    const key = keyOf(look)
    if (conversation === null) shown.delete(key)
    else shown.set(key, conversation)
    const window = windows.get(key)
    if (window === undefined) return false
    const before = window.away
    window.away = conversation === null ? () => {} : window.session.conversations.look(conversation)
    before()
    return true
  }
  talk.hear(take)

  return {
    open: (session, window) => {
      const look = { agent: session.agent, window, conversation: null }
      windows.set(keyOf(look), { session, away: () => {} })
      return () => {
        take(look)
        talk.say(look)
        windows.delete(keyOf(look))
      }
    },
    look: (look) => {
      const here = take(look)
      return talk.say(look) || here
    },
    now: async (session) => {
      const conversations = [...new Set(shown.values())]
      const found = await Promise.all(conversations.map((id) => session.conversations.watchers(id)))
      // Nobody is there any more: the window is gone, or the process that had its stream.
      const left = new Set(conversations.filter((_, at) => found[at]?.ok === true && found[at].value.length === 0))
      for (const [key, conversation] of shown) if (left.has(conversation)) shown.delete(key)
      return found.flatMap((watchers, at) =>
        watchers.ok
          ? watchers.value
              .filter(({ agent }) => agent !== session.agent)
              .map(({ agent, writing }) => ({ conversation: conversations[at] ?? '', agent, on: true, writing }))
          : [],
      )
    },
  }
}
