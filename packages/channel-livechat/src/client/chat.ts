import type { ClientFrame, MessageBody, Page, ServerFrame } from '../protocol/frames.ts'
import { uuid, type Environment } from './environment.ts'
import { makeKeeper, type Outgoing } from './outbox.ts'
import { isRefused, openSession, upload, type Refused, type Session } from './session.ts'
import type { Chat, ChatEvents, ChatMessage, ChatOptions, ChatState, ChatStatus } from './types.ts'

type Timer = ReturnType<typeof setTimeout> | undefined

const beatEvery = 25_000
const typingEvery = 3_000
const typingShown = 8_000

/** Codes that close a socket and would close the next one too. */
const hopeless: Readonly<Record<number, string>> = { 4403: 'origin' }

/** A chat in a given environment; `createChat` is this one in the page. */
export const chatIn = (environment: Environment, options: ChatOptions): Chat => {
  const keeper = makeKeeper(options, environment)
  const listeners: { [Name in keyof ChatEvents]?: Set<(event: ChatEvents[Name]) => void> } = {}

  let base = ''
  let wanted = false
  let status: ChatStatus = 'idle'
  let lostAt: number | undefined
  let limits: ChatState['limits'] = { maxFiles: 0, maxFileBytes: 0, types: [] }
  let maxTextLength = 10_000
  let typist: string | null = null
  let head: { readonly conversation: string | null; readonly status: 'none' | 'open' | 'ended' } = {
    conversation: null,
    status: 'none',
  }
  /** What the server has, by seq. */
  let stored = new Map<number, ChatMessage>()
  let outbox: ReadonlyArray<Outgoing> = []
  /** Everything visible up to here has come. */
  let last = 0
  let readUpTo = 0
  let acked = 0

  let session: Session | undefined
  let visitor: string | undefined
  let socket: WebSocket | undefined
  let dialing = false
  /** Has everything there was when it connected. */
  let synced = false
  let wasReady = false
  let ending = false
  let attempt = 0
  /** The message whose answer is awaited: one at a time, so that they arrive in order. */
  let inFlight: string | undefined
  let typedAt = 0
  let redial: Timer
  let beat: Timer
  let reflush: Timer
  let typistGone: Timer

  const emit = <Name extends keyof ChatEvents>(name: Name, event: ChatEvents[Name]): void => {
    for (const listener of listeners[name] ?? []) listener(event)
  }
  const fail = (code: string): void => emit('error', { code, message: `chat: ${code}` })

  const seen = (message: ChatMessage): ChatMessage =>
    message.from === 'agent' && (message.seq as number) <= readUpTo && message.state !== 'seen'
      ? { ...message, state: 'seen' }
      : message

  const waiting = (one: Outgoing): ChatMessage => ({
    id: one.id,
    from: 'visitor',
    author: null,
    text: one.text,
    files: one.files,
    at: one.at,
    ...(one.error ? { state: 'failed', error: one.error } : { state: 'sending' }),
  })

  const snapshot = (): ChatState => {
    const messages = [...stored].sort(([a], [b]) => a - b).map(([, message]) => message)
    return {
      status,
      ...(lostAt ? { lostAt } : {}),
      messages: [...messages, ...outbox.map(waiting)],
      unread: messages.filter((one) => one.from === 'agent' && one.state !== 'seen' && !one.deleted).length,
      typing: typist,
      conversation: head.status,
      limits,
    }
  }

  let state = snapshot()

  const commit = (): void => {
    for (const [seq, message] of stored) stored.set(seq, seen(message))
    const before = state
    state = snapshot()
    emit('state', state)
    if (before.status !== state.status) emit('status', { status: state.status })
    if (before.unread !== state.unread) emit('unread', { count: state.unread })
  }

  const tell = (frame: ClientFrame): void => {
    if (socket?.readyState === 1) socket.send(JSON.stringify(frame))
  }

  // ---- the connection

  const dial = async (): Promise<void> => {
    clearTimeout(redial)
    if (!wanted || dialing || socket) return
    dialing = true
    status = lostAt ? 'reconnecting' : 'connecting'
    commit()
    const answer =
      session && session.until > Date.now() ? session : await openSession(base, options, environment, keeper)
    dialing = false
    if (!wanted) return
    if (isRefused(answer)) return answer.passing ? later() : stop(answer.code)
    if (answer !== session) begin(answer)
    const link = new environment.WebSocket(`${base.replace(/^http/, 'ws')}/ws`)
    socket = link
    link.onopen = () =>
      tell({
        type: 'hello',
        sessionToken: answer.sessionToken,
        lastSeq: last,
        ...(head.conversation ? { conversation: head.conversation } : {}),
      })
    link.onmessage = ({ data }) => {
      if (socket !== link) return
      listen(beatEvery, 0)
      receive(JSON.parse(data as string) as ServerFrame)
    }
    link.onclose = ({ code }) => lost(link, code)
    link.onerror = () => {}
    listen(beatEvery, 0)
  }

  const begin = (answer: Session): void => {
    const before = visitor
    session = answer
    visitor = answer.visitorId
    limits = answer.config
    maxTextLength = answer.config.maxTextLength
    // Somebody else signed in or out: nothing of whoever was here before is shown to him or sent in his name.
    const other = before !== undefined && before !== visitor && [before, visitor].some((one) => one.startsWith('sub:'))
    if (other) empty()
    keeper.change((kept) => {
      kept.resume = { token: answer.resumeToken, visitor: answer.visitorId }
      if (other) kept.outbox = []
    })
  }

  const empty = (): void => {
    outbox = []
    clear()
    head = { conversation: null, status: 'none' }
  }

  const clear = (): void => {
    stored = new Map()
    last = readUpTo = acked = 0
  }

  const lost = (link: WebSocket, code: number): void => {
    if (socket !== link) return
    socket = inFlight = undefined
    synced = false
    typist = null
    clearTimeout(beat)
    clearTimeout(reflush)
    if (code === 4401) session = undefined
    if (!wanted) return
    const reason = hopeless[code]
    if (reason) return stop(reason)
    lostAt ??= Date.now()
    later()
  }

  /** Full jitter: anything up to a limit that doubles, so that a thousand clients do not come back at once. */
  const later = (): void => {
    lostAt ??= Date.now()
    clearTimeout(redial)
    if (status !== 'offline') {
      status = 'reconnecting'
      redial = setTimeout(dial, (environment.random ?? Math.random)() * Math.min(30_000, 500 * 2 ** attempt))
      attempt += 1
    }
    commit()
  }

  const drop = (): void => {
    const link = socket
    if (!link) return
    link.close()
    lost(link, 1006)
  }

  const stop = (code: string): void => {
    hang()
    status = 'closed'
    commit()
    fail(code)
  }

  /** Lets go of the connection and does not come back by itself. */
  const hang = (): void => {
    wanted = false
    for (const timer of [redial, beat, reflush, typistGone]) clearTimeout(timer)
    environment.removeEventListener?.('online', online)
    environment.removeEventListener?.('offline', offline)
    environment.document?.removeEventListener('visibilitychange', shown)
    drop()
    synced = wasReady = false
    lostAt = undefined
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
    listen(5_000, 2)
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

  // ---- what comes in

  const put = (body: MessageBody, live: boolean): void => {
    const id = body.clientId ?? `m${body.seq}`
    const known = stored.has(body.seq)
    const message = seen({
      id,
      seq: body.seq,
      from: body.from,
      author: body.author,
      text: body.text,
      files: body.files.map(({ id: blob, key, ...file }) => ({ ...file, url: `${base}/files/${blob}?k=${key}` })),
      at: body.at,
      state: body.from === 'agent' ? 'delivered' : 'sent',
      ...(body.edited ? { edited: true } : {}),
      ...(body.deleted ? { deleted: true } : {}),
    })
    stored.set(body.seq, message)
    settle(id, message)
    if (known || body.from !== 'agent') return
    typist = null
    if (live) emit('message', message)
  }

  /** It is stored: it leaves the outbox, once, whichever says so first. */
  const settle = (id: string, message: ChatMessage | undefined): void => {
    if (inFlight === id) inFlight = undefined
    if (!outbox.some((one) => one.id === id)) return
    outbox = outbox.filter((one) => one.id !== id)
    keeper.change((kept) => {
      kept.outbox = kept.outbox.filter((one) => one.id !== id)
    })
    if (message) emit('sent', message)
  }

  const take = (page: Page, live: boolean): void => {
    for (const body of page.messages) {
      put(body, live)
      last = Math.max(last, body.seq)
    }
    if (page.more) return tell({ type: 'fetch', after: last })
    complete()
  }

  const complete = (): void => {
    const first = !wasReady
    synced = wasReady = true
    attempt = 0
    lostAt = undefined
    status = 'online'
    acknowledge()
    if (ending) tell({ type: 'end' })
    ending = false
    commit()
    if (first) emit('ready', state)
    void flush()
  }

  const newest = (): number =>
    Math.max(0, ...[...stored.values()].map((one) => (one.from === 'agent' ? (one.seq ?? 0) : 0)))

  const acknowledge = (): void => {
    const seq = newest()
    if (seq <= acked) return
    acked = seq
    tell({ type: 'ack', seq })
  }

  const receive = (frame: ServerFrame): void => {
    switch (frame.type) {
      case 'welcome': {
        if (frame.reset) clear()
        head = frame
        const unsaid = readUpTo
        readUpTo = Math.max(readUpTo, frame.readUpTo)
        for (const body of frame.changed) put(body, false)
        // What came while the connection was down is news; what was there before the first one is history.
        take(frame, wasReady)
        if (unsaid > frame.readUpTo) tell({ type: 'read', seq: unsaid })
        break
      }
      case 'page':
        take(frame, wasReady)
        break
      case 'message':
        // One before it is missing: what is in between is fetched, and this one comes along with it.
        if (frame.message.prev > last) return tell({ type: 'fetch', after: last })
        put(frame.message, true)
        last = Math.max(last, frame.message.seq)
        acknowledge()
        break
      case 'changed':
        put(frame.message, false)
        break
      case 'thread':
        if (frame.reset) {
          clear()
          tell({ type: 'fetch', after: 0 })
        }
        head = frame
        break
      case 'sent':
        arrived(frame)
        break
      case 'failed':
        refuse(frame.clientId, frame.code, frame.code === 'rate_limited' || frame.code === 'unavailable')
        break
      case 'read':
        readUpTo = Math.max(readUpTo, frame.seq)
        break
      case 'typing':
        clearTimeout(typistGone)
        typist = frame.on ? frame.name : null
        typistGone = setTimeout(() => {
          typist = null
          commit()
        }, typingShown)
    }
    commit()
    void flush()
  }

  const arrived = ({ clientId, conversation, seq, at }: Extract<ServerFrame, { readonly type: 'sent' }>): void => {
    const one = outbox.find((other) => other.id === clientId)
    const message: ChatMessage | undefined = one && { ...waiting(one), seq, at: at ?? one.at, state: 'sent' }
    // Its own event may come later, and brings the files.
    if (message && conversation === (head.conversation ?? conversation) && !stored.has(seq)) stored.set(seq, message)
    settle(clientId, message)
  }

  // ---- what goes out

  const save = (one: Outgoing): void => {
    outbox = outbox.map((other) => (other.id === one.id ? one : other))
    keeper.change((kept) => {
      kept.outbox = [...kept.outbox.filter((other) => other.id !== one.id), one]
    })
  }

  const refuse = (id: string, code: string, passing: boolean): void => {
    if (inFlight === id) inFlight = undefined
    const one = outbox.find((other) => other.id === id)
    if (!one) return
    if (passing) {
      inFlight = id
      clearTimeout(reflush)
      reflush = setTimeout(() => {
        inFlight = undefined
        void flush()
      }, 3_000)
    } else {
      save({ ...one, error: code })
      fail(code)
    }
  }

  const renewed = async (): Promise<Session | Refused> => {
    const answer = await openSession(base, options, environment, keeper)
    if (!isRefused(answer)) begin(answer)
    return answer
  }

  /** Uploads what is not uploaded yet. Answers why not, if not. */
  const uploadAll = async (one: Outgoing): Promise<Refused | undefined> => {
    for (const file of (one.blobs ?? []).slice(one.uploads.length)) {
      let current: Session | Refused = session && session.until > Date.now() ? session : await renewed()
      let answer = isRefused(current) ? current : await upload(base, current, file)
      if (isRefused(answer) && answer.code === 'session_invalid') {
        current = await renewed()
        answer = isRefused(current) ? current : await upload(base, current, file)
      }
      if (isRefused(answer)) return answer
      one.uploads.push(answer.id)
    }
    return undefined
  }

  const flush = async (): Promise<void> => {
    const one = synced && inFlight === undefined ? outbox.find((other) => !other.error) : undefined
    if (!one) return
    inFlight = one.id
    if (one.uploads.length < one.files.length) {
      const refusal = await uploadAll(one)
      if (refusal) {
        refuse(one.id, refusal.code, refusal.passing)
        return commit()
      }
      save(one)
    }
    // While the files went up the connection may have gone, or the message may have been given up.
    if (inFlight !== one.id) return
    tell({ type: 'send', clientId: one.id, text: one.text, files: one.uploads })
  }

  const stopTyping = (): void => {
    if (!typedAt) return
    typedAt = 0
    tell({ type: 'typing', on: false })
  }

  return {
    get state() {
      return state
    },
    on: (name, listener) => {
      const set: Set<typeof listener> = (listeners[name] as Set<typeof listener> | undefined) ?? new Set()
      listeners[name] = set as never
      set.add(listener)
      return () => void set.delete(listener)
    },
    connect: () => {
      if (wanted) return
      wanted = true
      base = new URL(options.server, environment.location?.href).href.replace(/\/+$/, '')
      const kept = keeper.read()
      visitor = kept.resume?.visitor
      outbox = [...kept.outbox.filter((one) => !outbox.some(({ id }) => id === one.id)), ...outbox]
      environment.addEventListener?.('online', online)
      environment.addEventListener?.('offline', offline)
      environment.document?.addEventListener('visibilitychange', shown)
      attempt = 0
      void dial()
    },
    send: (text, files = []) => {
      const one: Outgoing = {
        id: uuid(),
        text,
        at: Date.now(),
        files: files.map(({ name, type, size }) => ({ name, mime: type, size })),
        uploads: [],
        blobs: files,
        ...(text.length > maxTextLength ? { error: 'too_long' } : {}),
      }
      outbox = [...outbox, one]
      save(one)
      typedAt = 0
      commit()
      void flush()
      return waiting(one)
    },
    retry: (id) => {
      const one = outbox.find((other) => other.id === id)
      if (!one?.error) return
      // An upload that the server has forgotten is made again, where the bytes are still at hand.
      const { error, ...rest } = one
      save({ ...rest, uploads: error === 'unknown_upload' && rest.blobs ? [] : rest.uploads })
      commit()
      void flush()
    },
    typing: (on) => {
      if (!on) return stopTyping()
      if (Date.now() - typedAt < typingEvery) return
      typedAt = Date.now()
      tell({ type: 'typing', on })
    },
    read: () => {
      const seq = newest()
      if (seq <= readUpTo) return
      readUpTo = seq
      tell({ type: 'read', seq })
      commit()
    },
    end: () => {
      if (synced) tell({ type: 'end' })
      else ending = true
    },
    logout: () => {
      hang()
      session = visitor = undefined
      keeper.forget()
      empty()
      status = 'idle'
      commit()
    },
    destroy: () => {
      hang()
      status = 'closed'
      for (const set of Object.values(listeners)) set.clear()
    },
  }
}
