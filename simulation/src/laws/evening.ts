import type { Town } from '../town.ts'
import { hold } from './broken.ts'
import type { Witness } from './witness.ts'

const onItsWay = new Set(['queued', 'sending'])

/** When everything has come to rest: nothing hangs, and nobody was forgotten. */
export const allIsSettled = async ({ house, clock, ledger }: Town, { states }: Witness): Promise<void> => {
  const manager = house.workspace().as('dora').conversations
  const shown = new Map<string, number>()
  for (const state of states.values()) {
    if (state.deleted) continue
    hold('no offer outlives its time', state.offer === null || state.offer.until > clock.now(), () => state.id)
    hold(
      'nobody sleeps too long',
      state.snoozedUntil === null || state.status !== 'pending' || state.snoozedUntil > clock.now(),
      () => state.id,
    )
    hold('what was scheduled has left', state.scheduled.length === 0, () => state.id)
    const page = await manager.timeline(state.id, { limit: 200 })
    const messages = page.ok ? page.value.messages : []
    for (const { delivery, seq, externalId, movedTo, direction } of messages) {
      if (direction === 'in' && externalId !== null && movedTo === null) {
        shown.set(externalId, (shown.get(externalId) ?? 0) + 1)
      }
      hold(
        'every message has an end',
        delivery === null || !onItsWay.has(delivery.status),
        () => `${state.id}/${seq} ${delivery?.status}`,
      )
    }
    const last = messages.at(-1)
    const waits = state.status === 'open' && state.control === 'bot' && last?.direction === 'in'
    hold('no customer waits for a bot for ever', !waits, () => `${state.id} ${last?.text}`)
  }
  const deleted = [...states.values()].some((state) => state.deleted && state.mergedInto === null)
  for (const [externalId, { acknowledged }] of ledger.posted) {
    const times = shown.get(externalId) ?? 0
    hold('a message stands in one place', times <= 1, () => `${externalId} in ${times}`)
    hold('what was moved is somewhere', deleted || !acknowledged || times === 1, () => externalId)
  }
}
