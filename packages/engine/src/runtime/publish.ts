import type { Conversation } from '../domain/conversation/state.ts'
import type { Bus } from './bus.ts'
import type { Changes } from './changes.ts'

/** Tells this process what was committed in a workspace, up to a position. */
export const publish = (bus: Bus, workspace: string, position: number, all: ReadonlyArray<Changes>): void => {
  const touched = new Map<string, Conversation>()
  let work = false
  for (const changes of all) {
    for (const { before, after } of changes.conversations ?? []) {
      // A deleted conversation has no address left, but whoever was there is to look again.
      touched.set(after.id, after.deleted && before !== undefined ? { ...after, address: before.address } : after)
    }
    work ||= (changes.work?.length ?? 0) + (changes.settle?.length ?? 0) > 0
  }
  bus.emit('committed', { workspace })
  bus.emit('touched', {
    workspace,
    position,
    conversations: [...touched.values()],
    delivered: all.flatMap((changes) => changes.reached ?? []),
  })
  if (work) bus.emit('work', undefined)
}
