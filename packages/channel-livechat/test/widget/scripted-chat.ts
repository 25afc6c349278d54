import type { Chat, ChatEvents, ChatMessage, ChatState } from '../../src/client/types.ts'

type Listeners = { [Name in keyof ChatEvents]: Set<(event: ChatEvents[Name]) => void> }

/** What the network would have brought, said by the test; and what the widget asked for, in order. */
export interface ScriptedChat extends Chat {
  readonly asked: ReadonlyArray<string>
  readonly set: (change: Partial<ChatState>) => void
  readonly put: (id: string, change: Partial<ChatMessage>) => void
  readonly history: (messages: ReadonlyArray<Partial<ChatMessage>>) => void
  readonly arrive: (text: string, more?: Partial<ChatMessage>) => void
}

const idle: ChatState = {
  status: 'idle',
  messages: [],
  unread: 0,
  typing: null,
  conversation: 'none',
  limits: { maxFiles: 3, maxFileBytes: 10_000_000, types: ['image/*', 'application/pdf', 'text/csv'] },
}

/** A whole `Chat` that lives in the page: what is sent stays "sending" until the test says what became of it. */
export const createScriptedChat = (): ScriptedChat => {
  const asked: string[] = []
  const listeners: Listeners = {
    ready: new Set(),
    state: new Set(),
    message: new Set(),
    sent: new Set(),
    unread: new Set(),
    status: new Set(),
    error: new Set(),
  }
  let state = idle
  let count = 0
  const tell = <Name extends keyof ChatEvents>(name: Name, event: ChatEvents[Name]) => {
    for (const listener of listeners[name]) listener(event)
  }
  const set = (change: Partial<ChatState>) => {
    const before = state
    state = { ...state, ...change }
    tell('state', state)
    if (before.unread !== state.unread) tell('unread', { count: state.unread })
    if (before.status !== state.status) tell('status', { status: state.status })
  }
  const message = (from: ChatMessage['from'], more: Partial<ChatMessage>): ChatMessage => ({
    id: `m${++count}`,
    from,
    author: from === 'agent' ? 'Ana' : null,
    text: '',
    files: [],
    at: Date.now(),
    state: from === 'agent' ? 'delivered' : 'sending',
    ...more,
  })
  const put = (id: string, change: Partial<ChatMessage>) => {
    set({ messages: state.messages.map((each) => (each.id === id ? { ...each, ...change } : each)) })
    const changed = state.messages.find((each) => each.id === id)
    if (change.state === 'sent' && changed !== undefined) tell('sent', changed)
  }
  const on: Chat['on'] = (name, listener) => {
    listeners[name].add(listener)
    return () => listeners[name].delete(listener)
  }
  return {
    get state() {
      return state
    },
    asked,
    set,
    put,
    on,
    history: (messages) => set({ messages: messages.map((each) => message(each.from ?? 'agent', each)) }),
    arrive: (text, more = {}) => {
      const arrived = message('agent', { text, ...more })
      set({ messages: [...state.messages, arrived], unread: state.unread + 1, typing: null, conversation: 'open' })
      tell('message', arrived)
    },
    connect: () => {
      asked.push('connect')
      set({ status: 'online' })
      tell('ready', state)
    },
    send: (text, files = []) => {
      asked.push(`send ${text}${files.map((file) => ` [${file.name}]`).join('')}`)
      const sent = message('visitor', {
        text,
        files: files.map(({ name, type, size }) => ({ name, mime: type, size })),
      })
      set({ messages: [...state.messages, sent], conversation: 'open' })
      return sent
    },
    answer: (form, values) => {
      asked.push(`answer ${form} ${JSON.stringify(values)}`)
      const answered = message('visitor', { parts: [{ type: 'answer', form }] })
      const before = state.messages.filter(
        ({ parts }) => !parts?.some((part) => part.type === 'answer' && part.form === form),
      )
      set({ messages: [...before, answered] })
      return answered
    },
    choose: ({ id, label }) => {
      asked.push(`choose ${id}`)
      const chosen = message('visitor', { text: label, parts: [{ type: 'chosen', id, label }] })
      set({ messages: [...state.messages, chosen] })
      return chosen
    },
    retry: (id) => {
      asked.push(`retry ${id}`)
      put(id, { state: 'sending' })
    },
    typing: (active) => void asked.push(`typing ${active}`),
    read: () => {
      asked.push('read')
      set({ unread: 0 })
    },
    end: () => {
      asked.push('end')
      set({ conversation: 'ended' })
    },
    logout: () => void asked.push('logout'),
    destroy: () => void asked.push('destroy'),
  }
}
