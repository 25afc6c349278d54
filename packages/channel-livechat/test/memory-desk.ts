import type { Hint, InboundEvent, Part, PublicMessage, Receipt, Sink } from '@guichet/engine/ports'

interface Conversation {
  readonly id: string
  /** The number of the last entry; whatever happens takes one, seen by the visitor or not. */
  seq: number
  status: 'open' | 'closed'
  messages: Array<PublicMessage>
}

/** A desk that keeps its conversations in memory: a `Sink` for the channel and an agent for the test. */
export const memoryDesk = () => {
  const active = new Map<string, Conversation>()
  const stored = new Map<string, { readonly conversation: string; readonly seq: number }>()
  const blobs = new Map<string, { readonly address: string; readonly bytes: Uint8Array; readonly part: Part }>()
  const listeners = new Set<(hint: Hint) => void>()
  const events: Array<InboundEvent> = []
  const typing: Array<readonly [string, boolean]> = []
  let made = 0
  let down = false
  let before: () => Promise<void> = async () => {}

  const changed = (address: string): void => {
    for (const listener of listeners) listener({ _tag: 'Changed', address })
  }
  const conversationOf = (address: string): Conversation => {
    const known = active.get(address)
    if (known !== undefined) return known
    made += 1
    const fresh: Conversation = { id: `c${made}`, seq: 0, status: 'open', messages: [] }
    active.set(address, fresh)
    return fresh
  }
  const add = (
    address: string,
    message: Pick<PublicMessage, 'direction' | 'authorName' | 'parts' | 'externalId'>,
  ): Receipt & { readonly _tag: 'Stored' } => {
    const conversation = conversationOf(address)
    conversation.seq += 1
    conversation.status = 'open'
    const sentAt = Date.now()
    conversation.messages.push({
      ...message,
      seq: conversation.seq,
      sentAt,
      edited: false,
      deleted: false,
      quote: null,
      delivery: message.direction === 'out' ? { status: 'queued', at: sentAt, attempts: 0 } : null,
    })
    return { _tag: 'Stored', conversation: conversation.id, seq: conversation.seq, sentAt }
  }
  const replace = (address: string, seq: number, change: Partial<PublicMessage>): void => {
    const conversation = conversationOf(address)
    conversation.messages = conversation.messages.map((one) => (one.seq === seq ? { ...one, ...change } : one))
    changed(address)
  }

  const handle = (event: InboundEvent): Receipt => {
    events.push(event)
    switch (event._tag) {
      case 'MessageReceived': {
        const { address } = event.from
        const known = event.externalId === undefined ? undefined : stored.get(event.externalId)
        if (known !== undefined) return { _tag: 'Duplicate', ...known }
        const parts = event.parts.map((part): Part => {
          if (part._tag === 'RemoteFile') throw new Error('a chat has no files elsewhere')
          if (part._tag !== 'File') return part
          const { name, mime, bytes } = part.file
          const kept: Part = { _tag: 'File', file: { blob: `b${blobs.size + 1}`, name, mime, size: bytes.length } }
          blobs.set(`b${blobs.size + 1}`, { address, bytes, part: kept })
          return kept
        })
        const receipt = add(address, { direction: 'in', authorName: null, parts, externalId: event.externalId ?? null })
        if (event.externalId !== undefined) stored.set(event.externalId, receipt)
        changed(address)
        return receipt
      }
      case 'ReadUpTo': {
        const conversation = active.get(event.address)
        if (conversation === undefined) return { _tag: 'Ignored', reason: 'no conversation' }
        conversation.messages = conversation.messages.map((one) =>
          one.direction === 'out' && one.seq <= event.seq && one.delivery?.status !== 'read'
            ? { ...one, delivery: { status: event.status, at: 0, attempts: 1 } }
            : one,
        )
        changed(event.address)
        return { _tag: 'Applied' }
      }
      case 'Ended': {
        const conversation = active.get(event.address)
        if (conversation === undefined) return { _tag: 'Ignored', reason: 'no conversation' }
        conversation.seq += 1
        conversation.status = 'closed'
        changed(event.address)
        return { _tag: 'Applied' }
      }
      default:
        return { _tag: 'Ignored', reason: event._tag }
    }
  }

  const sink: Sink = {
    receive: async () => [],
    events: async (batch) => {
      await before()
      if (down) throw new Error('the store is down')
      return batch.map(handle)
    },
    thread: async (address, { after, limit }) => {
      await before()
      if (down) throw new Error('the store is down')
      const conversation = active.get(address)
      if (conversation === undefined) return undefined
      const rest = conversation.messages.filter((one) => one.seq > after)
      return {
        conversation: conversation.id,
        status: conversation.status,
        seq: conversation.seq,
        messages: rest.slice(0, limit),
        more: rest.length > limit,
      }
    },
    file: async (address, blob) => {
      const found = blobs.get(blob)
      return found?.address === address && found.part._tag === 'File'
        ? { file: found.part.file, bytes: found.bytes }
        : undefined
    },
    typing: (address, on) => void typing.push([address, on]),
    watch: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }

  return {
    sink,
    /** Every event that the channel brought, in order. */
    events: events as ReadonlyArray<InboundEvent>,
    typing: typing as ReadonlyArray<readonly [string, boolean]>,
    conversation: (address: string) => active.get(address),
    addresses: () => [...active.keys()],
    texts: (address: string) =>
      (active.get(address)?.messages ?? []).map((one) =>
        one.parts.map((part) => (part._tag === 'Text' ? part.text : '')).join(''),
      ),
    reply: (address: string, text: string): number => {
      const { seq } = add(address, {
        direction: 'out',
        authorName: 'Ana',
        parts: [{ _tag: 'Text', text }],
        externalId: null,
      })
      changed(address)
      return seq
    },
    replyParts: (address: string, parts: ReadonlyArray<Part>): void => {
      add(address, { direction: 'out', authorName: 'Ana', parts, externalId: null })
      changed(address)
    },
    giveFile: (address: string, name: string, mime: string, bytes: Uint8Array): string => {
      const blob = `b${blobs.size + 1}`
      const part: Part = { _tag: 'File', file: { blob, name, mime, size: bytes.length } }
      blobs.set(blob, { address, bytes, part })
      add(address, { direction: 'out', authorName: 'Ana', parts: [part], externalId: null })
      changed(address)
      return blob
    },
    /** Something that only colleagues see: a number is gone, and no message comes. */
    note: (address: string): void => {
      conversationOf(address).seq += 1
      changed(address)
    },
    edit: (address: string, seq: number, text: string): void =>
      replace(address, seq, { parts: [{ _tag: 'Text', text }], edited: true }),
    remove: (address: string, seq: number): void => replace(address, seq, { parts: [], deleted: true }),
    close: (address: string): void => {
      const conversation = conversationOf(address)
      conversation.seq += 1
      conversation.status = 'closed'
      changed(address)
    },
    /** As if the conversation had been archived: the next message begins another one. */
    startAgain: (address: string): void => {
      active.delete(address)
      changed(address)
    },
    agentTypes: (address: string, on: boolean): void => {
      for (const listener of listeners) listener({ _tag: 'Typing', address, name: 'Ana', on })
    },
    breakStore: (broken: boolean): void => {
      down = broken
    },
    /** What every call to the store waits for. */
    delay: (wait: () => Promise<void>): void => {
      before = wait
    },
  }
}

export type MemoryDesk = ReturnType<typeof memoryDesk>
