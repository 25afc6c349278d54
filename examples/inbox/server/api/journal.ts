import type { AgentSession, FeedItem, Workspace } from '@guichet/engine'

/** So many positions are looked back upon. */
const reach = 400
/** The stream of an agent has no end: what is there comes at once, and after so long without anything it has come. */
const quiet = 150

/** What happened last, as far as this agent sees it; the newest at the end. */
export const lately = async (workspace: Workspace, session: AgentSession): Promise<ReadonlyArray<FeedItem>> => {
  const to = await workspace.position()
  const items: FeedItem[] = []
  const enough = new AbortController()
  const stop = () => enough.abort()
  let silence = setTimeout(stop, quiet)
  try {
    for await (const item of session.feed({ since: Math.max(0, to - reach), signal: enough.signal })) {
      items.push(item)
      clearTimeout(silence)
      if (item.position >= to) break
      silence = setTimeout(stop, quiet)
    }
  } catch (error) {
    if (!enough.signal.aborted) throw error
  } finally {
    clearTimeout(silence)
  }
  return items
}
