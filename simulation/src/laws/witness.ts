import type { FeedItem } from '@guichet/engine'
import { type Conversation, type Entry, evolve } from '@guichet/engine/domain'
import { agents, tenant } from '../house.ts'
import type { Town } from '../town.ts'
import { hold } from './broken.ts'

/** Somebody who reads every line of the journal as it is written, and remembers. */
export interface Witness {
  readonly states: ReadonlyMap<string, Conversation>
  /** Customers' messages by the provider's id: where they stand. */
  readonly received: ReadonlyMap<string, ReadonlyArray<string>>
  /** What agents and bots have said, by their words: how often. */
  readonly sent: ReadonlyMap<string, number>
  /** Reads on, and answers with the conversations that something has happened in. */
  readonly readOn: () => Promise<ReadonlyArray<string>>
}

const capacityOf = (agent: string): number => agents.find(({ id }) => id === agent)?.capacity ?? Infinity

const isInHand = (state: Conversation, agent: string): boolean =>
  state.owner === agent && state.status === 'open' && state.control === 'team' && !state.deleted

const isActive = (state: Conversation): boolean =>
  !state.deleted && (state.status === 'open' || state.status === 'pending')

/** The bots may speak here: it is in their hands, or this one was asked to. */
const mayBotSpeak = (before: Conversation | undefined, bot: string): boolean =>
  before?.control === 'bot' || before?.askedBot === bot

const textIn = (parts: ReadonlyArray<{ readonly _tag: string }>): string =>
  parts.map((part) => ('text' in part && typeof part.text === 'string' ? part.text : '')).join('\n')

export const witness = (town: Town): Witness => {
  const states = new Map<string, Conversation>()
  const received = new Map<string, Array<string>>()
  const sent = new Map<string, number>()
  /** Matters that agents have taken out of another one: a customer may have several of these. */
  const splitOff = new Set<string>()
  let position = 0

  const remember = (conversation: string, { what, seq }: Entry): void => {
    if (what._tag === 'MessageReceived' && what.message.externalId !== undefined) {
      const places = received.get(what.message.externalId) ?? []
      received.set(what.message.externalId, [...places, `${conversation}/${seq}`])
    }
    if (what._tag === 'MessageMovedIn' && what.start !== undefined) splitOff.add(conversation)
    if (what._tag === 'MessageSent') {
      const text = textIn(what.message.parts)
      sent.set(text, (sent.get(text) ?? 0) + 1)
    }
  }

  const check = (before: Conversation | undefined, entry: Entry, after: Conversation): void => {
    const { what, actor } = entry
    const at = `${after.id}/${entry.seq} ${what._tag}`
    hold('the journal has no gaps', entry.seq === (before?.seq ?? 0) + 1, () => `${at} after ${before?.seq ?? 0}`)
    const taken = what._tag === 'Claimed' || what._tag === 'OfferAccepted' || what._tag === 'Distributed'
    const claims = taken || (what._tag === 'MessageSent' && what.claimed === true)
    hold('one owner at most', !claims || before?.owner == null, () => `${at} by ${actor.id}, owned by ${before?.owner}`)
    if (what._tag === 'Distributed') {
      const load = [...states.values()].filter((one) => one.id !== after.id && isInHand(one, what.agent)).length + 1
      hold(
        'nobody is given more than she can take',
        load <= capacityOf(what.agent),
        () => `${at}: ${what.agent} has ${load}`,
      )
    }
    const botSpeaks = what._tag === 'MessageSent' && actor.kind === 'bot'
    hold('bots are silent where people are', !botSpeaks || mayBotSpeak(before, actor.id), () => `${at} by ${actor.id}`)
    if (what._tag === 'MessageReceived' && what.start !== undefined) {
      const others = [...states.values()].filter(
        (one) =>
          one.id !== after.id &&
          !splitOff.has(one.id) &&
          isActive(one) &&
          one.account === after.account &&
          one.address === after.address,
      )
      hold(
        'one conversation for each customer',
        others.length === 0,
        () => `${at} beside ${others.map(({ id }) => id)}`,
      )
    }
  }

  const hear = (item: FeedItem): string | undefined => {
    if (item._tag !== 'Entry') return undefined
    const before = states.get(item.conversation)
    const after = evolve(before, item.entry)
    hold('an entry has a conversation', after !== undefined, () => `${item.conversation}/${item.entry.seq}`)
    if (after === undefined) return undefined
    states.set(item.conversation, after)
    remember(item.conversation, item.entry)
    check(before, item.entry, after)
    return item.conversation
  }

  return {
    states,
    received,
    sent,
    readOn: async () => {
      const touched = new Set<string>()
      const end = await town.house.store.position(tenant)
      if (end <= position) return []
      const stop = new AbortController()
      for await (const item of town.house.engine().workspace(tenant).feed({ since: position, signal: stop.signal })) {
        const conversation = hear(item)
        if (conversation !== undefined) touched.add(conversation)
        town.diary.push(`  ${JSON.stringify(item)}`)
        position = item.position
        if (position >= end) break
      }
      return [...touched]
    },
  }
}
