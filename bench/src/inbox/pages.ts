import type { Filter, ListQuery, Storage, Visibility } from '@guichet/engine/ports'
import { mix } from './mix.ts'
import { agents, channels, draw, queues, workspace } from './population.ts'
import { commonWord, orderNumber, rareWord, veryCommonWord } from './words.ts'

/** A page of an inbox, asked for the `turn`-th time: another agent, queue or word each time, where there are several. */
export type Page = (store: Storage, turn: number) => Promise<number>

const everything: Visibility = { _tag: 'All' }
const limit = 25

const agentOf = (turn: number): string => `agent-${mix(turn, 1) % agents}`
const queueOf = (turn: number): string => queues[mix(turn, 2) % queues.length] as string

/** An agent of five of the twenty queues. */
export const memberOf = (turn: number) => {
  const first = mix(turn, 3) % queues.length
  const mine = Array.from({ length: 5 }, (_, n) => queues[(first + n) % queues.length] as string)
  const agent = agentOf(turn)
  const visibility: Visibility = { _tag: 'Some', agent, queues: mine, unownedOf: [] }
  return { agent, visibility }
}

interface Asked {
  readonly filter: Filter
  readonly visibility?: Visibility
  readonly after?: ListQuery['after']
}

const listing =
  (ask: (turn: number) => Asked): Page =>
  async (store, turn) => {
    const { filter, visibility = everything, after } = ask(turn)
    const page = {
      workspace,
      visibility,
      filter,
      reader: agentOf(turn),
      limit,
      ...(after === undefined ? {} : { after }),
    }
    return (await store.list(page)).length
  }

const searching =
  (wordsOf: (turn: number) => ReadonlyArray<string>, visibilityOf = (_: number): Visibility => everything): Page =>
  async (store, turn) => {
    const visibility = visibilityOf(turn)
    return (await store.search({ workspace, visibility, words: wordsOf(turn), filter: {}, limit })).length
  }

/** The pages that agents open, of a store with so many conversations. */
export const pagesOf = (size: number): Readonly<Record<string, Page>> => {
  const drawn = (turn: number) => draw(mix(turn, 4) % size, size)
  /** A long conversation of the workspace. */
  const long = (turn: number): string => {
    for (let n = mix(turn, 5) % size; ; n = (n + 1) % size) {
      const { workspace: where, row } = draw(n, size)
      if (where === workspace && row.seq > 100) return row.id
    }
  }
  const longs = Array.from({ length: 512 }, (_, turn) => long(turn))
  const deep = (turn: number) => ({ lastActivity: drawn(turn).row.lastActivity, id: drawn(turn).row.id })
  return {
    'agent open': listing((turn) => ({ filter: { status: ['open'], owner: agentOf(turn) } })),
    'queue open': listing((turn) => ({ filter: { status: ['open'], queues: [queueOf(turn)] } })),
    'queue closed, deep': listing((turn) => ({
      filter: { status: ['closed'], queues: [queueOf(turn)] },
      after: deep(turn),
    })),
    'open, of an agent with 5 queues': listing((turn) => ({
      filter: { status: ['open'], control: 'team' },
      visibility: memberOf(turn).visibility,
    })),
    'all, of an agent with 5 queues': listing((turn) => ({ filter: {}, visibility: memberOf(turn).visibility })),
    'all open': listing(() => ({ filter: { status: ['open'] } })),
    'all, deep': listing((turn) => ({ filter: {}, after: deep(turn) })),
    unanswered: listing(() => ({ filter: { status: ['open'], control: 'team', owner: null, lastBy: 'contact' } })),
    'open, channel and last by': listing((turn) => ({
      filter: { status: ['open'], channel: channels[turn % channels.length] as string, lastBy: 'contact' },
    })),
    'open with a rare flag': listing(() => ({ filter: { status: ['open'], flag: 'urgent' } })),
    'open with a rare flag, channel and last by': listing((turn) => ({
      filter: {
        status: ['open'],
        flag: 'urgent',
        channel: channels[turn % channels.length] as string,
        lastBy: 'agent',
      },
    })),
    'open with a tag': listing((turn) => ({ filter: { status: ['open'], tag: `tag-${turn % 20}` } })),
    'agent open with a tag': listing((turn) => ({
      filter: { status: ['open'], owner: agentOf(turn), tag: `tag-${turn % 20}` },
    })),
    'agent unread': listing((turn) => ({
      filter: { status: ['open'], owner: agentOf(turn), unreadBy: agentOf(turn) },
    })),
    'all unread': listing((turn) => ({ filter: { status: ['open'], unreadBy: agentOf(turn) } })),
    mentions: listing((turn) => ({ filter: { status: ['open', 'pending'], mentions: agentOf(turn) } })),
    'conversation with its last 50 messages': async (store, turn) => {
      const id = longs[turn % longs.length] as string
      const query = { ids: [id] }
      const found = await store.list({ workspace, visibility: everything, filter: query, reader: null, limit: 1 })
      const { entries } = await store.timeline({ workspace, conversation: id, limit: 50 })
      return found.length === 1 ? entries.length : 0
    },
    'search, in every third message': searching(() => [veryCommonWord]),
    'search, in one of a hundred': searching(() => [commonWord]),
    'search, of an agent with 5 queues': searching(
      () => [commonWord],
      (turn) => memberOf(turn).visibility,
    ),
    'search, a rare word': searching(() => [rareWord]),
    'search, a beginning': searching(() => [veryCommonWord.slice(0, 1)]),
  }
}

/** What has to look at more than it shows: nothing but the newest rows leads to it, and most of those do not belong. */
export const harderOf = (size: number): Readonly<Record<string, Page>> => ({
  'tag, of an agent with 5 queues': listing((turn) => ({
    filter: { tag: `tag-${turn % 20}` },
    visibility: memberOf(turn).visibility,
  })),
  'search, an order': searching((turn) => [orderNumber(mix(turn, 4) % size)]),
  'search, a common and a rare word': searching(() => [commonWord, rareWord]),
  'search, two common words': searching(() => [veryCommonWord, commonWord]),
})
