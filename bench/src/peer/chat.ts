import {
  type Adapter,
  Chat,
  type ConcurrencyConfig,
  type ConcurrencyStrategy,
  Message,
  NotImplementedError,
  parseMarkdown,
  type StateAdapter,
  stringifyMarkdown,
} from 'chat'

/** What `requestOf` makes. */
interface Posted {
  readonly id: string
  readonly from: string
  readonly text: string
  readonly at: number
}

const unused = (): never => {
  throw new NotImplementedError('this bench only receives')
}

const messageOf = (raw: Posted): Message<Posted> =>
  new Message({
    id: raw.id,
    threadId: `bench:${raw.from}`,
    text: raw.text,
    formatted: parseMarkdown(raw.text),
    raw,
    author: { userId: raw.from, userName: raw.from, fullName: raw.from, isBot: false, isMe: false },
    metadata: { dateSent: new Date(raw.at), edited: false },
    attachments: [],
  })

/**
 * The least an adapter of Chat SDK can be, as its guide to building one has it: a direct conversation with each customer
 * of a channel that keeps no history of its own, so that the SDK keeps it.
 */
const adapter = (): Adapter<string, Posted> => {
  let process: Parameters<Adapter['initialize']>[0]['processMessage'] = unused
  const self: Adapter<string, Posted> = {
    name: 'bench',
    userName: 'bench',
    persistThreadHistory: true,
    initialize: async (chat) => {
      process = chat.processMessage.bind(chat)
    },
    handleWebhook: async (request, options) => {
      const message = messageOf((await request.json()) as Posted)
      void process(self, message.threadId, message, options)
      return new Response('ok')
    },
    parseMessage: messageOf,
    isDM: () => true,
    encodeThreadId: (from) => `bench:${from}`,
    decodeThreadId: (thread) => thread.slice('bench:'.length),
    channelIdFromThreadId: (thread) => thread,
    renderFormatted: stringifyMarkdown,
    addReaction: unused,
    removeReaction: unused,
    postMessage: unused,
    editMessage: unused,
    deleteMessage: unused,
    fetchMessages: unused,
    fetchThread: unused,
    startTyping: unused,
  }
  return self
}

/** The peer with a handler that takes note of what reaches it, and does nothing else. */
export interface Peer {
  /** Resolves when the message has been answered and is done with, whatever became of it. */
  readonly receive: (request: Request) => Promise<void>
  /** The ids of what has reached the handler, as the message itself or as one that it came after. */
  readonly handled: ReadonlySet<string>
  readonly close: () => Promise<void>
}

export const openChat = async (
  state: StateAdapter,
  concurrency: ConcurrencyStrategy | ConcurrencyConfig,
): Promise<Peer> => {
  const chat = new Chat({ userName: 'bench', adapters: { bench: adapter() }, state, concurrency, logger: 'silent' })
  const handled = new Set<string>()
  chat.onDirectMessage((_thread, message, _channel, context) => {
    for (const one of [...(context?.skipped ?? []), message]) handled.add(one.id)
  })
  await chat.initialize()
  return {
    handled,
    receive: async (request) => {
      const tasks: Array<Promise<unknown>> = []
      const response = await chat.webhooks.bench(request, { waitUntil: (task) => void tasks.push(task) })
      if (response.status !== 200) throw new Error(`answered ${response.status}`)
      await Promise.all(tasks)
    },
    close: () => chat.shutdown(),
  }
}
