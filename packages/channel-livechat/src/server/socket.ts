import type { Clock } from '@guichet/engine/ports'
import type { WebSocket } from 'ws'
import { decodeFrame } from '../protocol/decode.ts'
import type { ClientFrame, CloseReason, ServerFrame } from '../protocol/frames.ts'
import { closeCodes, heartbeat, helloDeadline, maxBuffered, typingTtl, unsupportedData } from '../protocol/limits.ts'
import { accountNamedBy } from './tokens.ts'
import type { AccountLink } from './account-link.ts'
import { takeMessage } from './intake.ts'
import { allows } from './origins.ts'
import { makeLimiter } from './rates.ts'
import type { Member, Room } from './rooms.ts'
import type { TokenClaims } from './tokens.ts'
import type { SharedUploads } from './shared-uploads.ts'
import type { Uploads } from './uploads.ts'

export interface SocketContext {
  readonly origin: string | undefined
  readonly ip: string
  readonly clock: Clock
  readonly uploads: Uploads
  readonly shared: SharedUploads | undefined
  readonly linkOf: (account: string) => AccountLink | undefined
  /** How to close each socket that has not said who it is. */
  readonly strangers: Set<() => void>
}

interface Guest {
  readonly link: AccountLink
  readonly visitor: TokenClaims
  readonly room: Room
  readonly frames: { readonly take: (key: string) => boolean }
}

/** Frames that wait to be handled; a client that does not wait for answers has no use for more. */
const maxWaiting = 64
const missedBeats = 2
const closeGrace = 1_000

/** Serves one socket from its first frame to its last. Nothing that a peer does on it throws. */
export const serveSocket = (socket: WebSocket, context: SocketContext): void => {
  const { clock } = context
  let guest: Guest | undefined
  let closed = false
  let missed = 0
  let waiting = 0
  let queue: Promise<void> = Promise.resolve()
  let stopTyping: (() => void) | undefined
  let leave: () => void = () => {}

  const restart = (): void => close('restart')
  const gone = (): void => {
    closed = true
    context.strangers.delete(restart)
    leave()
  }

  const close = (reason: CloseReason): void => {
    if (closed) return
    gone()
    if (reason !== 'too_slow') socket.send(JSON.stringify({ type: 'error', code: reason }), () => {})
    socket.close(closeCodes[reason], reason)
    // A peer that does not read does not answer the close either.
    clock.at(clock.now() + closeGrace, () => socket.terminate())
  }

  const push = (json: string): void => {
    if (closed) return
    if (socket.bufferedAmount > maxBuffered) close('too_slow')
    else socket.send(json, () => {})
  }
  const answer = (frame: ServerFrame): void => push(JSON.stringify(frame))

  const member: Member = { push, position: 0, greeted: false, live: false }

  const greet = async (frame: Extract<ClientFrame, { readonly type: 'hello' }>): Promise<void> => {
    const link = context.linkOf(accountNamedBy(frame.sessionToken) ?? '')
    const visitor = link?.read(frame.sessionToken, 'session')
    if (link === undefined || visitor === undefined) return close('unauthorized')
    if (!originAllowed(link, context.origin)) return close('origin')
    const room = link.rooms.join(visitor.address, member)
    context.strangers.delete(restart)
    link.sockets.add(restart)
    leave = () => {
      leave = () => {}
      link.sockets.delete(restart)
      link.rooms.leave(room, member)
      typing(link, visitor.address, false)
    }
    cancelDeadline()
    try {
      const welcome = await link.rooms.hello(room, member, frame.lastSeq, frame.conversation ?? undefined)
      answer(welcome)
      guest = { link, visitor, room, frames: makeLimiter(link.settings.rates.frames, link.now, 1) }
    } catch {
      close('restart')
    }
  }

  const typing = (link: AccountLink, address: string, on: boolean): void => {
    const was = stopTyping !== undefined
    stopTyping?.()
    stopTyping = on ? clock.at(clock.now() + typingTtl, () => typing(link, address, false)) : undefined
    if (on || was) link.sink.typing(address, on)
  }

  /** Reported once for all tabs: only what is further than anything reported before. */
  const report = async (who: Guest, status: 'delivered' | 'read', seq: number): Promise<void> => {
    const { link, room, visitor } = who
    const mark = status === 'read' ? 'readUpTo' : 'deliveredUpTo'
    const upTo = Math.min(seq, room.last ?? 0)
    // What is said about a conversation that is no longer this one.
    if (!member.live || upTo <= room[mark]) return
    await link.sink.events([{ _tag: 'ReadUpTo', address: visitor.address, seq: upTo, status }])
    if (upTo <= room[mark]) return
    room[mark] = upTo
    if (status === 'read') link.rooms.broadcast(room, { type: 'read', seq: upTo })
  }

  const handle = async (frame: ClientFrame): Promise<void> => {
    if (guest === undefined) return frame.type === 'hello' ? greet(frame) : close('unauthorized')
    const { link, visitor, room } = guest
    switch (frame.type) {
      case 'hello':
        return close('bad_frame')
      case 'ping':
        return answer({ type: 'pong' })
      case 'typing':
        return typing(link, visitor.address, frame.on)
      case 'send': {
        typing(link, visitor.address, false)
        return answer(await takeMessage(link, context, visitor, context.ip, frame))
      }
      case 'fetch':
        return answer(await link.rooms.fetch(room, member, frame.after))
      case 'ack':
        return report(guest, 'delivered', frame.seq)
      case 'read':
        return report(guest, 'read', frame.seq)
      case 'end':
        await link.sink.events([{ _tag: 'Ended', address: visitor.address }])
        return
    }
  }

  context.strangers.add(restart)
  const cancelDeadline = clock.at(clock.now() + helloDeadline, () => close('timeout'))
  let cancelBeat = (): void => {}
  const beat = (): void => {
    cancelBeat = clock.at(clock.now() + heartbeat, () => {
      if (missed >= missedBeats) return socket.terminate()
      missed += 1
      if (socket.readyState === socket.OPEN) socket.ping()
      beat()
    })
  }
  beat()

  socket.on('pong', () => {
    missed = 0
  })
  socket.on('message', (data, isBinary) => {
    if (closed) return
    missed = 0
    if (isBinary) {
      gone()
      socket.close(unsupportedData)
      clock.at(clock.now() + closeGrace, () => socket.terminate())
      return
    }
    // One that has said hello and has not been answered yet is only held to what may wait.
    if (guest !== undefined && !guest.frames.take('')) return close('rate_limited')
    const frame = decodeFrame(data.toString())
    if (frame === undefined) return close('bad_frame')
    if (waiting >= maxWaiting) return close('rate_limited')
    waiting += 1
    queue = queue
      .then(() => (closed ? undefined : handle(frame)))
      // The store is down: the client comes back later and starts from what it has.
      .catch(() => close('restart'))
      .finally(() => {
        waiting -= 1
      })
  })
  // Too big, not UTF-8, broken off: ws closes with the right code by itself; without a listener the process would end.
  socket.on('error', () => {})
  socket.on('close', () => {
    cancelDeadline()
    cancelBeat()
    gone()
  })
}

/** Browsers send `Origin` with every socket and every POST; what sends none is let in only where that was asked for. */
export const originAllowed = (link: AccountLink, origin: string | undefined): boolean =>
  origin === undefined ? link.settings.allowNoOrigin : allows(link.settings.origins, origin)
