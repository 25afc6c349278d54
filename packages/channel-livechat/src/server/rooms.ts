import type { Clock, PublicMessage, PublicThread, Sink } from '@guichet/engine/ports'
import { pageSize } from '../protocol/limits.ts'
import type { MessageBody, Page, ServerFrame, ThreadHead } from '../protocol/frames.ts'
import { bodyOf, versionOf } from './message-body.ts'

/** A socket, as the room of its visitor sees it. */
export interface Member {
  readonly push: (frame: string) => void
  /** The seq of the last message that went into this socket. */
  position: number
  /** Has had its welcome: nothing is sent before that. */
  greeted: boolean
  /** Has fetched everything there was, and is pushed what comes. */
  live: boolean
}

/**
 * Everything that is connected at one address: the tabs and devices of one visitor. The journal is the truth; what is
 * held here is only the end of it, so that one read serves every socket.
 */
export interface Room {
  readonly address: string
  readonly members: Set<Member>
  head: ThreadHead
  /** The newest visible messages, by rising seq. */
  tail: Array<{ readonly seq: number; readonly prev: number; readonly version: string; readonly body: MessageBody }>
  /** The seq of the newest visible message; undefined until somebody has read to the end. */
  last: number | undefined
  readUpTo: number
  deliveredUpTo: number
  /** Rises with every hint, so that a read that began before one knows that it is stale. */
  hints: number
  refreshing: boolean
}

export interface Rooms {
  readonly join: (address: string, member: Member) => Room
  readonly leave: (room: Room, member: Member) => void
  readonly changed: (address: string) => void
  readonly broadcast: (room: Room, frame: ServerFrame, except?: Member) => void
  readonly typing: (address: string, name: string, on: boolean) => void
  readonly hello: (
    room: Room,
    member: Member,
    lastSeq: number,
    conversation: string | undefined,
  ) => Promise<ServerFrame>
  readonly fetch: (room: Room, member: Member, after: number) => Promise<ServerFrame>
}

/** How far back a change to an old message is looked for: in messages while connected, in entries on the way back. */
const tailLength = 30
const changeWindow = 50
const retryAfter = 1_000
/** A page ends after the message that goes beyond this, so that a client on a slow line gets on page by page. */
const maxPageBytes = 256 * 1024

const headOf = (thread: PublicThread | undefined): ThreadHead =>
  thread === undefined
    ? { conversation: null, status: 'none' }
    : { conversation: thread.conversation, status: thread.status === 'open' ? 'open' : 'ended' }

/** What is read where there is no conversation. */
const nothing: PublicThread = { conversation: '', status: 'open', seq: 0, messages: [], more: false }

const readUpToOf = (messages: ReadonlyArray<PublicMessage>): number =>
  messages.reduce((seq, message) => (message.delivery?.status === 'read' ? Math.max(seq, message.seq) : seq), 0)

export const makeRooms = (sink: Sink, clock: Clock, fileKey: (address: string, blob: string) => string): Rooms => {
  const rooms = new Map<string, Room>()

  const broadcast: Rooms['broadcast'] = (room, frame, except) => {
    const json = JSON.stringify(frame)
    for (const member of room.members) if (member.greeted && member !== except) member.push(json)
  }

  const live = (room: Room): boolean => [...room.members].some((member) => member.live)

  const body = (room: Room, message: PublicMessage, prev: number): MessageBody =>
    bodyOf(message, prev, room.address, (blob) => fileKey(room.address, blob))

  /** Another conversation: nobody has anything of it, and everybody fetches it from its beginning. */
  const enter = (room: Room, head: ThreadHead): void => {
    const reset = room.head.conversation !== null && head.conversation !== room.head.conversation
    if (head.conversation !== room.head.conversation) {
      room.tail = []
      room.last = reset ? undefined : 0
      room.readUpTo = 0
      room.deliveredUpTo = 0
    }
    if (reset) for (const member of room.members) member.live = false
    const changed = reset || head.status !== room.head.status || head.conversation !== room.head.conversation
    room.head = head
    if (changed) broadcast(room, { type: 'thread', reset, ...head })
  }

  const readIn = (room: Room, messages: ReadonlyArray<PublicMessage>): void => {
    const read = readUpToOf(messages)
    if (read <= room.readUpTo) return
    room.readUpTo = read
    broadcast(room, { type: 'read', seq: read })
  }

  /** What a read found after `base` becomes known to the room and to those who wait for it. */
  const absorb = (room: Room, messages: ReadonlyArray<PublicMessage>, base: number): void => {
    let prev = base
    for (const message of messages) {
      const version = versionOf(message)
      const known = room.tail.findIndex((one) => one.seq === message.seq)
      const before = room.tail[known]
      const fresh = message.seq > (room.last ?? 0)
      if (!fresh && (before === undefined || before.version === version)) {
        prev = message.seq
        continue
      }
      const entry = { seq: message.seq, prev, version, body: body(room, message, prev) }
      if (fresh) {
        room.tail.push(entry)
        room.last = message.seq
        const json = JSON.stringify({ type: 'message', message: entry.body } satisfies ServerFrame)
        for (const member of room.members) {
          if (!member.live || member.position >= message.seq) continue
          member.position = message.seq
          member.push(json)
        }
      } else {
        room.tail[known] = entry
        const json = JSON.stringify({ type: 'changed', message: entry.body } satisfies ServerFrame)
        for (const member of room.members) if (member.live) member.push(json)
      }
      prev = message.seq
    }
    room.tail = room.tail.slice(-tailLength)
    readIn(room, messages)
  }

  const refresh = async (room: Room): Promise<void> => {
    if (room.refreshing || rooms.get(room.address) !== room) return
    room.refreshing = true
    try {
      let seen = -1
      while (seen !== room.hints && live(room)) {
        seen = room.hints
        let after = room.tail[0]?.prev ?? room.last ?? 0
        for (let more = true; more; ) {
          const thread = await sink.thread(room.address, { after, limit: pageSize })
          const stays = thread?.conversation === room.head.conversation
          enter(room, headOf(thread))
          // Read from the middle of the one before: the new conversation begins at 0.
          if (!stays) room.hints += 1
          if (!stays || thread === undefined) break
          absorb(room, thread.messages, after)
          after = thread.messages.at(-1)?.seq ?? after
          more = thread.more && thread.messages.length > 0
        }
      }
    } catch {
      // The store is down. Nothing is lost: what the sockets miss is in the journal, and is read when it is back.
      clock.at(clock.now() + retryAfter, () => void refresh(room))
    } finally {
      room.refreshing = false
    }
  }

  /** The answer to a member that has everything up to `after`; on the last page it is live from here on. */
  const page = (room: Room, member: Member, thread: PublicThread, after: number, hints: number): Page => {
    readIn(room, thread.messages)
    const messages: Array<MessageBody> = []
    let end = after
    let bytes = 0
    const found = thread.messages.filter((message) => message.seq > after)
    for (const message of found) {
      if (bytes > maxPageBytes) break
      const entry = body(room, message, end)
      messages.push(entry)
      bytes += JSON.stringify(entry).length
      end = message.seq
    }
    if (messages.length < found.length || (thread.more && found.length > 0)) return { messages, more: true }
    const covered = room.last === undefined || end >= room.last
    const rest = covered ? [] : room.tail.filter((entry) => entry.seq > end)
    // Others have been pushed so much meanwhile that the end held here does not join on: fetch again.
    if (!covered && (rest[0] === undefined || rest[0].prev > end)) return { messages, more: found.length > 0 }
    member.live = true
    member.position = end
    if (room.last === undefined) room.last = after
    if (after <= room.last) absorb(room, found, after)
    const last = rest.at(-1)
    if (last !== undefined) member.position = last.seq
    // A change while this was being read, or one that this room has not read up to yet.
    if (hints !== room.hints || end > room.last) void refresh(room)
    return { messages: [...messages, ...rest.map((entry) => entry.body)], more: false }
  }

  return {
    broadcast,
    join: (address, member) => {
      const room = rooms.get(address) ?? {
        address,
        members: new Set<Member>(),
        head: { conversation: null, status: 'none' },
        tail: [],
        last: undefined,
        readUpTo: 0,
        deliveredUpTo: 0,
        hints: 0,
        refreshing: false,
      }
      rooms.set(address, room)
      room.members.add(member)
      return room
    },
    leave: (room, member) => {
      room.members.delete(member)
      if (room.members.size === 0 && rooms.get(room.address) === room) rooms.delete(room.address)
    },
    changed: (address) => {
      const room = rooms.get(address)
      if (room === undefined) return
      room.hints += 1
      void refresh(room)
    },
    typing: (address, name, on) => {
      const room = rooms.get(address)
      if (room !== undefined) broadcast(room, { type: 'typing', name, on })
    },
    hello: async (room, member, lastSeq, conversation) => {
      const hints = room.hints
      const from = Math.max(0, lastSeq - changeWindow)
      let thread = await sink.thread(room.address, { after: from, limit: pageSize })
      const foreign = lastSeq > 0 && (conversation !== thread?.conversation || lastSeq > (thread?.seq ?? 0))
      if (foreign && from > 0) thread = await sink.thread(room.address, { after: 0, limit: pageSize })
      const head = headOf(thread)
      const after = foreign ? 0 : lastSeq
      const changed = (thread?.messages ?? [])
        .filter((message) => message.seq <= after && (message.edited || message.deleted))
        .map((message) => body(room, message, 0))
      enter(room, head)
      const { messages, more } = page(room, member, thread ?? nothing, after, hints)
      member.greeted = true
      return {
        type: 'welcome',
        ...head,
        seq: thread?.seq ?? 0,
        reset: foreign,
        changed,
        readUpTo: room.readUpTo,
        messages,
        more,
      }
    },
    fetch: async (room, member, after) => {
      const hints = room.hints
      const thread = await sink.thread(room.address, { after, limit: pageSize })
      const head = headOf(thread)
      const other = head.conversation !== room.head.conversation
      enter(room, head)
      // What stands after this number in another conversation says nothing; it is fetched again from its beginning.
      if (other) return { type: 'page', messages: [], more: true }
      return { type: 'page', ...page(room, member, thread ?? nothing, thread === undefined ? 0 : after, hints) }
    },
  }
}
