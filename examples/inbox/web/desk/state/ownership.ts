import { now, span } from '../../shared/time.ts'
import { threadOf } from './thread.ts'

/** How long the owner has had a conversation, as far as its journal is on this page. */
export const ownedFor = (id: string): string => {
  const taken = threadOf(id).entries.findLast(
    ({ what }) =>
      what._tag === 'Claimed' ||
      what._tag === 'TakenOver' ||
      what._tag === 'Assigned' ||
      what._tag === 'Transferred' ||
      (what._tag === 'MessageSent' && what.claimed === true),
  )
  return taken === undefined ? '' : span(Math.max(0, now.value - taken.at))
}
