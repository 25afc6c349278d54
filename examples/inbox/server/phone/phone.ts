import type { Clock } from '@guichet/engine/ports'
import { blank, type Line, type PhoneMessage } from './message.ts'
import type { Provider } from './provider.ts'
import type { PhoneStore } from './store.ts'

/** What a customer writes. */
export interface Draft {
  readonly line: Line
  readonly phone: string
  readonly name?: string
  readonly text: string
  readonly file?: { readonly name: string; readonly mime: string; readonly bytes: Uint8Array }
  /** The external id of the message that this one answers. */
  readonly quotes?: string
  /** The id of one of its choices, when that is the answer; `text` is then what it was called. */
  readonly choice?: string
}

export interface Phone {
  readonly store: PhoneStore
  /** Sends by the provider's signed webhook; rejects with what the shop answered. */
  readonly send: (draft: Draft) => Promise<PhoneMessage>
  /** Somebody looks at a conversation. */
  readonly see: (line: Line, phone: string) => Promise<void>
  /** Puts a sign beside a message of the shop; null takes it back. Undefined where there is none, or are no signs. */
  readonly react: (externalId: string, emoji: string | null) => Promise<PhoneMessage | undefined>
  /** Another application of the shop takes a conversation. False where nothing was said, or only one can be. */
  readonly takeElsewhere: (line: Line, phone: string) => Promise<boolean>
  /** Hears of every message that is new or changed, in whatever process. Returns how to stop. */
  readonly on: (listener: (message: PhoneMessage) => void) => () => void
}

/** How often it is looked for news while a page is open that shows them, in milliseconds. */
const interval = 100

/** What a customer sees on a telephone, and what is done with it. */
export const openPhone = (options: {
  readonly store: PhoneStore
  readonly providers: Readonly<Record<Line, Provider>>
  /** The engine's time. */
  readonly clock: Clock
}): Phone => {
  const { store, providers, clock } = options
  return {
    store,
    send: async ({ line, phone, name, text, file, quotes, choice }) => {
      const provider = providers[line]
      const person = store.person(phone, name)
      const files = file === undefined ? [] : [store.keepFile(file, file.bytes)]
      const message = store.add({
        ...blank,
        line,
        phone,
        direction: 'sent',
        externalId: provider.newId({ files }),
        at: clock.now(),
        text,
        status: 'sent',
        files,
        quotes: quotes ?? null,
      })
      const offer = quotes === undefined ? null : (store.get(quotes)?.offer ?? null)
      const tapped = choice === undefined || offer === null ? undefined : { as: offer.as, id: choice }
      await provider.wrote(message, person, tapped)
      return store.change(message.externalId, { status: 'delivered' }) ?? message
    },
    see: async (line, phone) => {
      const unseen = store
        .thread(line, phone)
        .filter(({ direction, status }) => direction === 'received' && status !== 'read')
      for (const { externalId } of unseen) store.change(externalId, { status: 'read' })
      if (unseen.length > 0) await providers[line].seen(unseen)
    },
    react: async (externalId, emoji) => {
      const message = store.get(externalId)
      const reacted = message === undefined ? undefined : providers[message.line].reacted
      if (message === undefined || reacted === undefined) return undefined
      await reacted(message, emoji)
      return store.change(externalId, { mine: emoji })
    },
    takeElsewhere: async (line, phone) => {
      const { taken } = providers[line]
      if (taken === undefined || store.thread(line, phone).length === 0) return false
      await taken(phone)
      return true
    },
    on: (listener) => {
      let seen = store.last()
      const timer = setInterval(() => {
        for (const message of store.after(seen)) {
          seen = message.version
          listener(message)
        }
      }, interval)
      return () => clearInterval(timer)
    },
  }
}
