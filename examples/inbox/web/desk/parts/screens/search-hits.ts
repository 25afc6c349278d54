import type { SearchAnswer } from '@guichet/engine'
import { signal } from '@preact/signals'
import type { Failure } from '../../api.ts'
import { call } from '../../engine.ts'
import { learn } from '../../state/conversations.ts'
import type { Screen } from '../../state/place.ts'
import { setup } from '../../state/workspace.ts'

const page = 20
const dayMs = 86_400_000

/** What was asked, and what came of it. It stays when a hit is opened, and is there again on the way back. */
export interface Hits extends SearchAnswer {
  readonly of: Screen['of']
  /** There may be older messages. */
  readonly more: boolean
}

export const hits = signal<Hits | null>(null)
export const searchFailure = signal<Failure | null>(null)

const optionsOf = (of: Screen['of']) => {
  const named = Object.entries({ channel: of['channel'], tab: of['tab'], tag: of['tag'] }).filter(([, one]) => one)
  const days = Number(of['days'] ?? 0)
  const from = days > 0 ? { from: (setup.value?.now ?? Date.now()) - days * dayMs } : {}
  return { ...Object.fromEntries(named), ...from, limit: page }
}

let asked = 0

/** Asks for a first page, or for the messages before those that are there; an answer that was overtaken is dropped. */
export const search = async (of: Screen['of'], further = false): Promise<void> => {
  const words = (of['words'] ?? '').trim()
  asked += 1
  const mine = asked
  if (words.length < 2) {
    hits.value = null
    searchFailure.value = null
    return
  }
  const before = further ? hits.value?.messages.at(-1)?.position : undefined
  const answer = await call('conversations.search', words, {
    ...optionsOf(of),
    ...(before === undefined ? {} : { before }),
  })
  if (mine !== asked) return
  searchFailure.value = answer.ok ? null : answer.failure
  if (!answer.ok) return
  const { messages, contacts, tagged } = answer.value
  learn([...messages.map(({ conversation }) => conversation), ...tagged])
  const old = further ? hits.value : null
  hits.value = {
    of,
    messages: [...(old?.messages ?? []), ...messages],
    contacts: old?.contacts ?? contacts,
    tagged: old?.tagged ?? tagged,
    more: messages.length === page,
  }
}
