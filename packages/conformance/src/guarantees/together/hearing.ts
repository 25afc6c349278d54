import type { AgentSession, Typing, Watching } from '@guichet/engine'

/** What an agent hears of others, until something is so. */
export const hearing = (session: AgentSession) => {
  const heard: Array<Watching> = []
  const typed: Array<Typing> = []
  const waiting = new Set<() => void>()
  const wake = (): void => waiting.forEach((look) => look())
  session.onWatching((watching) => {
    heard.push(watching)
    wake()
  })
  session.onTyping((typing) => {
    typed.push(typing)
    wake()
  })
  return {
    heard,
    typed,
    until: (holds: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!holds()) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}
