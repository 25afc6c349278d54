import type { Clock } from '../ports/clock.ts'
import type { Storage } from '../ports/storage.ts'
import type { Bus } from './bus.ts'
import type { Directory } from './directory.ts'
import type { Stream, Stretch } from './stream.ts'

/** Makes known in this process what other engines on the same store do. */
export interface Elsewhere {
  /** From now on conversations of this workspace that others change are announced here as `touched`. */
  readonly follow: (workspace: string) => Promise<void>
  /** Listens to the store; returns how to stop. */
  readonly listen: () => () => void
}

/** How far a workspace has been read. */
interface Followed {
  position: number
  /** Conversations that were announced beyond it, and up to where: those that this engine has changed itself. */
  readonly announced: Map<string, number>
  reading: boolean
  /** Heard of again since the reading began. */
  again: boolean
}

/** So many are remembered; announcing one twice costs a read and does no harm. */
const announcedAtMost = 1_000
/** Until a store is asked again that could not be reached, in milliseconds. */
const askAgainMs = 5_000

interface Parts {
  readonly storage: Storage
  readonly stream: Stream
  readonly directory: Directory
  readonly bus: Bus
  readonly clock: Clock
  readonly closing: AbortSignal
  readonly report: (where: string, error: unknown) => void
}

export const makeElsewhere = ({ storage, stream, directory, bus, clock, closing, report }: Parts): Elsewhere => {
  const followed = new Map<string, Followed>()

  bus.on('touched', ({ workspace, position, conversations }) => {
    const announced = followed.get(workspace)?.announced
    if (announced === undefined) return
    if (announced.size >= announcedAtMost) announced.clear()
    for (const { id } of conversations) announced.set(id, position)
  })

  const announce = async (workspace: string, { announced }: Followed, stretch: Stretch): Promise<void> => {
    const news = new Set<string>()
    for (const item of stretch.items) {
      if (!('conversation' in item)) continue
      if (item.position > (announced.get(item.conversation) ?? 0)) news.add(item.conversation)
    }
    if (news.size === 0) return
    const states = await stretch.conversations()
    const conversations = [...news].flatMap((id) => states.get(id) ?? [])
    bus.emit('touched', { workspace, position: stretch.position, conversations, delivered: [] })
  }

  const readOn = async (workspace: string, one: Followed): Promise<void> => {
    for (let more = true; more || one.again; ) {
      one.again = false
      const stretch = await stream.after(workspace, one.position)
      await announce(workspace, one, stretch)
      one.position = stretch.position
      for (const [id, position] of one.announced) if (position <= one.position) one.announced.delete(id)
      more = stretch.more
    }
  }

  const catchUp = (workspace: string): void => {
    const one = followed.get(workspace)
    if (one === undefined || closing.aborted) return
    one.again = true
    if (one.reading) return
    one.reading = true
    readOn(workspace, one)
      .catch((error: unknown) => {
        if (closing.aborted) return
        report('elsewhere', error)
        clock.at(clock.now() + askAgainMs, () => catchUp(workspace))
      })
      .finally(() => {
        one.reading = false
      })
  }

  return {
    follow: async (workspace) => {
      if (storage.watch === undefined || followed.has(workspace)) return
      const position = await storage.position(workspace)
      if (followed.has(workspace)) return
      followed.set(workspace, { position, announced: new Map(), reading: false, again: false })
      // What was committed in between was heard of by nobody.
      catchUp(workspace)
    },
    listen: () =>
      storage.watch?.((workspace) => {
        if (closing.aborted) return
        directory.doubt(workspace)
        bus.emit('committed', { workspace })
        bus.emit('work', undefined)
        catchUp(workspace)
      }) ?? (() => undefined),
  }
}
