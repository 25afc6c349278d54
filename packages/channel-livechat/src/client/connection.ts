import type { ClientFrame, ServerFrame } from '../protocol/frames.ts'
import type { Environment } from './environment.ts'
import { isRefused, type Refused, type Session } from './session.ts'
import type { ChatStatus } from './types.ts'

/** What the chat makes of its connection. */
export interface Speaker {
  /** The session to connect with, opened where there is none. */
  readonly session: () => Promise<Session | Refused>
  /** It is this session that is connected with. */
  readonly accept: (session: Session) => void
  readonly hello: (session: Session) => ClientFrame
  readonly receive: (frame: ServerFrame) => void
  readonly lost: (code: number) => void
  /** The status is another one. */
  readonly changed: () => void
  /** It will not be tried again. */
  readonly refused: (code: string) => void
}

export interface Connection {
  readonly status: () => ChatStatus
  /** When it was lost, while it is. */
  readonly lostAt: () => number | undefined
  /** Connects to a base URL, and stays connected. */
  readonly open: (base: string) => void
  /** Everything that was missed has come. */
  readonly up: () => void
  readonly tell: (frame: ClientFrame) => void
  /** Lets go, and does not come back by itself. */
  readonly close: (status: ChatStatus) => void
}

const beatEvery = 25_000
const answerInHaste = 5_000
const firstPause = 500
const longestPause = 30_000

/** Closed for a reason that the next socket would be closed for too: the origin is refused. */
const closedForGood = 4403

/** A socket that is there whenever it can be: resumed after whatever happens to it, and dropped when it is only said to be open. */
export const makeConnection = (environment: Environment, speaker: Speaker): Connection => {
  let base = ''
  let wanted = false
  let status: ChatStatus = 'idle'
  let lostAt: number | undefined
  let socket: WebSocket | undefined
  let dialing = false
  let attempt = 0
  let redial: ReturnType<typeof setTimeout> | undefined
  let beat: ReturnType<typeof setTimeout> | undefined

  const tell = (frame: ClientFrame): void => {
    if (socket?.readyState === 1) socket.send(JSON.stringify(frame))
  }

  const dial = async (): Promise<void> => {
    clearTimeout(redial)
    if (!wanted || dialing || socket) return
    dialing = true
    status = lostAt ? 'reconnecting' : 'connecting'
    speaker.changed()
    const session = await speaker.session()
    dialing = false
    if (!wanted) return
    if (isRefused(session)) return session.passing ? later() : stop(session.code)
    speaker.accept(session)
    const link = new environment.WebSocket(`${base.replace(/^http/, 'ws')}/ws`)
    socket = link
    link.onopen = () => tell(speaker.hello(session))
    link.onmessage = ({ data }) => {
      if (socket !== link) return
      listen(beatEvery, 0)
      speaker.receive(JSON.parse(data as string) as ServerFrame)
    }
    link.onclose = ({ code }) => lost(link, code)
    link.onerror = () => {}
    listen(beatEvery, 0)
  }

  const lost = (link: WebSocket, code: number): void => {
    if (socket !== link) return
    socket = undefined
    clearTimeout(beat)
    speaker.lost(code)
    if (!wanted) return
    if (code === closedForGood) stop('origin')
    else later()
  }

  /** Full jitter: anything up to a limit that doubles, so that a thousand clients do not come back at once. */
  const later = (): void => {
    lostAt ??= Date.now()
    clearTimeout(redial)
    if (status !== 'offline') {
      status = 'reconnecting'
      redial = setTimeout(
        dial,
        (environment.random ?? Math.random)() * Math.min(longestPause, firstPause * 2 ** attempt),
      )
      attempt += 1
    }
    speaker.changed()
  }

  const drop = (): void => {
    const link = socket
    if (!link) return
    link.close()
    lost(link, 1006)
  }

  const stop = (code: string): void => {
    close('closed')
    speaker.changed()
    speaker.refused(code)
  }

  /** A dead connection is silent: two beats without an answer, or one that was asked for in haste, and it is dropped. */
  const listen = (ms: number, missed: number): void => {
    clearTimeout(beat)
    beat = setTimeout(() => {
      if (missed > 1) return drop()
      tell({ type: 'ping' })
      listen(beatEvery, missed + 1)
    }, ms)
  }

  const online = (): void => {
    if (status === 'offline') status = 'reconnecting'
    if (!socket) return void dial()
    tell({ type: 'ping' })
    listen(answerInHaste, 2)
  }
  const shown = (): void => {
    if (environment.document?.visibilityState === 'visible') online()
  }
  // An open socket survives going offline without a word.
  const offline = (): void => {
    status = 'offline'
    drop()
    later()
  }

  const watch = (verb: 'addEventListener' | 'removeEventListener'): void => {
    environment[verb]?.('online', online)
    environment[verb]?.('offline', offline)
    environment.document?.[verb]('visibilitychange', shown)
  }

  const close = (as: ChatStatus): void => {
    wanted = false
    clearTimeout(redial)
    clearTimeout(beat)
    watch('removeEventListener')
    drop()
    lostAt = undefined
    status = as
  }

  return {
    status: () => status,
    lostAt: () => lostAt,
    open: (url) => {
      if (wanted) return
      wanted = true
      base = url
      attempt = 0
      watch('addEventListener')
      void dial()
    },
    up: () => {
      attempt = 0
      lostAt = undefined
      status = 'online'
    },
    tell,
    close,
  }
}
