import type { MessageBody, Page, ServerFrame } from '../protocol/frames.ts'
import type { AnswerFrame } from '../protocol/parts.ts'
import { makeConnection } from './connection.ts'
import type { Environment } from './environment.ts'
import { frameOf, messageOf, outgoing, waiting } from './message.ts'
import { makeKeeper, type Outgoing } from './outbox.ts'
import { isRefused, openSession, upload, type Refused, type Session } from './session.ts'
import type { Chat, ChatEvents, ChatMessage, ChatOptions, ChatState } from './types.ts'

type Timer = ReturnType<typeof setTimeout> | undefined

const typingEvery = 3_000
const typingShown = 8_000

/** A chat in a given environment; `createChat` is this one in the page. */
export const chatIn = (environment: Environment, options: ChatOptions): Chat => {
  const keeper = makeKeeper(options, environment)
  const listeners: { [Name in keyof ChatEvents]?: Set<(event: ChatEvents[Name]) => void> } = {}

  let base = ''
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
  /** Has everything there was when it connected. */
  let synced = false
  let wasReady = false
  let ending = false
  /** The message whose answer is awaited: one at a time, so that they arrive in order. */
  let inFlight: string | undefined
  let typedAt = 0
  let reflush: Timer
  let typistGone: Timer

  const emit = <Name extends keyof ChatEvents>(name: Name, event: ChatEvents[Name]): void => {
    for (const listener of listeners[name] ?? []) listener(event)
  }
  const fail = (code: string): void => emit('error', { code, message: code })

  const seen = (message: ChatMessage): ChatMessage =>
    message.from === 'agent' && (message.seq as number) <= readUpTo && message.state !== 'seen'
      ? { ...message, state: 'seen' }
      : message

  const snapshot = (): ChatState => {
    const lostAt = line.lostAt()
    const messages = [...stored].sort(([a], [b]) => a - b).map(([, message]) => message)
    return {
      status: line.status(),
      ...(lostAt === undefined ? {} : { lostAt }),
      messages: [...messages, ...outbox.map(waiting)],
      unread: messages.filter((one) => one.from === 'agent' && one.state !== 'seen' && !one.deleted).length,
      typing: typist,
      conversation: head.status,
      limits,
    }
  }

  const commit = (): void => {
    for (const [seq, message] of stored) stored.set(seq, seen(message))
    const before = state
    state = snapshot()
    emit('state', state)
    if (before.status !== state.status) emit('status', { status: state.status })
    if (before.unread !== state.unread) emit('unread', { count: state.unread })
  }

  // ---- who it is

  const accept = (answer: Session): void => {
    if (answer === session) return
    const before = visitor
    session = answer
    visitor = answer.visitorId
    limits = answer.config
    maxTextLength = answer.config.maxTextLength
    // Somebody else signed in or out: nothing of whoever was here before is shown to him or sent in his name.
    const other = before !== undefined && before !== visitor && (before + visitor).includes('sub:')
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

  const current = async (): Promise<Session | Refused> =>
    session && session.until > Date.now() ? session : openSession(base, options, environment, keeper)

  const hang = (status: 'idle' | 'closed'): void => {
    line.close(status)
    clearTimeout(typistGone)
    wasReady = false
  }

  // ---- what comes in

  const put = (body: MessageBody, live: boolean): void => {
    const known = stored.has(body.seq)
    const message = seen(messageOf(body, base))
    stored.set(body.seq, message)
    settle(message.id, message)
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
    if (page.more) return line.tell({ type: 'fetch', after: last })
    complete()
  }

  const complete = (): void => {
    const first = !wasReady
    synced = wasReady = true
    line.up()
    acknowledge()
    if (ending) line.tell({ type: 'end' })
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
    line.tell({ type: 'ack', seq })
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
        if (unsaid > frame.readUpTo) line.tell({ type: 'read', seq: unsaid })
        break
      }
      case 'page':
        take(frame, wasReady)
        break
      case 'message':
        // One before it is missing: what is in between is fetched, and this one comes along with it.
        if (frame.message.prev > last) return line.tell({ type: 'fetch', after: last })
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
          line.tell({ type: 'fetch', after: 0 })
        }
        head = frame
        break
      case 'sent':
        arrived(frame)
        break
      case 'failed':
        refuse(frame.clientId, frame.code, frame.code === 'rate_limited' || frame.code === 'unavailable', frame.issues)
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

  const refuse = (id: string, code: string, passing: boolean, issues?: ReadonlyArray<string>): void => {
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
      save({ ...one, error: code, ...(issues && { issues }) })
      fail(code)
    }
  }

  /** Uploads what is not uploaded yet. Answers why not, if not. */
  const uploadAll = async (one: Outgoing): Promise<Refused | undefined> => {
    for (const file of (one.blobs ?? []).slice(one.uploads.length)) {
      for (let again = true; ; again = false) {
        const using = await current()
        if (isRefused(using)) return using
        accept(using)
        const answer = await upload(base, using, file)
        if (!isRefused(answer)) {
          one.uploads.push(answer.id)
          break
        }
        if (answer.code !== 'session_invalid' || !again) return answer
        session = undefined
      }
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
    line.tell(frameOf(one))
  }

  const say = (text: string, files: ReadonlyArray<File>, answer?: AnswerFrame): ChatMessage => {
    const one = outgoing(text, files, answer, maxTextLength)
    outbox = [...outbox, one]
    save(one)
    typedAt = 0
    commit()
    void flush()
    return waiting(one)
  }

  const stopTyping = (): void => {
    if (!typedAt) return
    typedAt = 0
    line.tell({ type: 'typing', on: false })
  }

  const line = makeConnection(environment, {
    session: current,
    accept,
    hello: ({ sessionToken }) => ({ type: 'hello', sessionToken, lastSeq: last, conversation: head.conversation }),
    receive,
    lost: (code) => {
      inFlight = undefined
      synced = false
      typist = null
      clearTimeout(reflush)
      if (code === 4401) session = undefined
    },
    changed: commit,
    refused: fail,
  })
  let state = snapshot()

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
      const status = line.status()
      if (status !== 'idle' && status !== 'closed') return
      base = new URL(options.server, environment.location?.href).href.replace(/\/+$/, '')
      const kept = keeper.read()
      visitor = kept.resume?.visitor
      outbox = [...kept.outbox.filter((one) => !outbox.some(({ id }) => id === one.id)), ...outbox]
      line.open(base)
    },
    send: (text, files = []) => say(text, files),
    answer: (form, values) => {
      const refused = outbox.filter((one) => one.error && one.answer?.type === 'answer' && one.answer.form === form)
      for (const { id } of refused) settle(id, undefined)
      return say('', [], { type: 'answer', form, values })
    },
    choose: ({ id, label }) => say(label, [], { type: 'chosen', id, label }),
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
      line.tell({ type: 'typing', on })
    },
    read: () => {
      const seq = newest()
      if (seq <= readUpTo) return
      readUpTo = seq
      line.tell({ type: 'read', seq })
      commit()
    },
    end: () => {
      if (synced) line.tell({ type: 'end' })
      else ending = true
    },
    logout: () => {
      hang('idle')
      session = visitor = undefined
      keeper.forget()
      empty()
      commit()
    },
    destroy: () => {
      hang('closed')
      for (const set of Object.values(listeners)) set.clear()
    },
  }
}
