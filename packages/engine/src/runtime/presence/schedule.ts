import type { Core } from '../core.ts'
import { write } from '../write.ts'

/** Under its own key, that a customer begins to wait for her takes no look at her presence away. */
export const waitedForKey = (agent: string): string => `waited for: ${agent}`

/** Has looked at whether these agents are there, because something else than a device says otherwise now. */
export const seeNow = async (core: Core, workspace: string, agents: ReadonlyArray<string>): Promise<void> => {
  if (agents.length === 0) return
  const due = core.clock.now()
  await write(core, workspace, () => ({
    work: agents.map((id) => ({ id: core.ids.next(), kind: 'presence', lane: id, due, key: id, payload: '{}' })),
  }))
}
