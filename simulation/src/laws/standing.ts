import { isDeepStrictEqual } from 'node:util'
import { type Conversation, tabs } from '@guichet/engine/domain'
import { agents } from '../house.ts'
import type { Town } from '../town.ts'
import { hold } from './broken.ts'
import type { Witness } from './witness.ts'

/** Where a conversation is now that was merged, perhaps more than once. */
const endOf = (states: Witness['states'], state: Conversation | undefined): Conversation | undefined => {
  const next = state === undefined || state.mergedInto === null ? undefined : states.get(state.mergedInto)
  return next === undefined ? state : endOf(states, next)
}

/** The row of a conversation is what its journal makes it. */
export const rowsAreFolds = async ({ house }: Town, { states }: Witness, ids: ReadonlyArray<string>): Promise<void> => {
  const manager = house.workspace().as('dora').conversations
  for (const id of ids) {
    const folded = states.get(id)
    const found = await manager.get(id)
    const now = endOf(states, folded)
    if (folded !== undefined && folded.mergedInto !== null && now?.deleted === false) {
      hold('an old id leads on', found.ok && found.value.id === now.id, () => `${id} to ${now.id}`)
      continue
    }
    if (folded === undefined || folded.deleted) {
      hold('what is deleted cannot be read', !found.ok, () => id)
      continue
    }
    const state = found.ok ? found.value.state : undefined
    hold('the row is the fold of its journal', isDeepStrictEqual(state, folded), () =>
      JSON.stringify({ id, row: state, folded }),
    )
  }
}

/** The counts of tabs are the lengths of their lists, for everybody. */
export const countsAreExact = async ({ house }: Town): Promise<void> => {
  for (const { id } of agents) {
    const { conversations } = house.workspace().as(id)
    const counts = await conversations.counts()
    for (const tab of tabs) {
      let length = 0
      for (let after: string | undefined; ; ) {
        const page = await conversations.list({ tab, limit: 200, ...(after === undefined ? {} : { after }) })
        length += page.items.length
        if (page.next === null) break
        after = page.next
      }
      hold('a count is the length of its list', counts[tab] === length, () => `${id} ${tab}: ${counts[tab]}, ${length}`)
    }
  }
}

/** Nothing that was acknowledged is missing, and nothing is there twice. */
export const nothingLostOrDoubled = ({ ledger }: Town, { received, sent }: Witness): void => {
  for (const [externalId, { acknowledged }] of ledger.posted) {
    const places = received.get(externalId) ?? []
    hold('a message is stored once', places.length <= 1, () => `${externalId} at ${places.join(', ')}`)
    hold('an acknowledged message is there', !acknowledged || places.length === 1, () => externalId)
  }
  for (const [text, told] of ledger.written) {
    const times = sent.get(text) ?? 0
    hold('a reply is stored once', times <= 1, () => `${text}: ${times} times`)
    hold('an accepted reply is there', told !== 'accepted' || times === 1, () => text)
    hold('a refused reply is not', told !== 'refused' || times === 0, () => text)
  }
}

/** The provider has been given each message once, and those of one conversation in their order. */
export const leftOnceInOrder = ({ ledger }: Town): void => {
  const keys = new Set<string>()
  const last = new Map<string, number>()
  for (const { key } of ledger.taken) {
    hold('a message leaves once', !keys.has(key), () => key)
    keys.add(key)
    const [, conversation = '', seq = ''] = key.split('/')
    hold('messages leave in their order', (last.get(conversation) ?? 0) < Number(seq), () => key)
    last.set(conversation, Number(seq))
  }
}
