import { computed, effect, signal } from '@preact/signals'
import { timeNow } from '../../shared/time.ts'
import { as, type Summary } from '../api.ts'
import { call } from '../engine.ts'
import { t } from '../words/t.ts'
import { explain } from './acts.ts'
import { announce } from './announce.ts'
import { conversation, displayName, learn } from './conversations.ts'
import { refresh } from './list.ts'
import { open } from './thread.ts'
import { toast } from './toasts.ts'
import { queueName, setup } from './workspace.ts'

/** The second that it is for the engine; it moves while something is offered. */
export const second = signal(timeNow())

/** Offers that were answered here: whatever came of it, they are no longer on the table. */
const answered = signal<ReadonlySet<string>>(new Set())
const keyOf = ({ id, offer }: Offered): string => `${id}/${offer.until}`

export type Offered = Summary & { readonly offer: NonNullable<Summary['offer']> }

/** What is offered now, to anybody, as far as this agent sees it. */
export const running = computed<ReadonlyArray<Offered>>(() =>
  (setup.value?.offers ?? []).flatMap(({ id }) => {
    const now = conversation(id)
    return now?.offer && now.offer.until > second.value ? [{ ...now, offer: now.offer }] : []
  }),
)

/** What is offered to this agent: what ends first, first. */
export const offersToMe = computed(() =>
  running.value
    .filter((one) => one.offer.agents.includes(as) && !answered.value.has(keyOf(one)))
    .sort((a, b) => a.offer.until - b.offer.until),
)

/** How long an offer still stands, in milliseconds. */
export const leftOf = ({ offer }: Offered): number => Math.max(0, offer.until - second.value)

/** `0:23`. */
export const countdown = (ms: number): string => {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const answer = async (id: string, name: 'acceptOffer' | 'declineOffer'): Promise<boolean> => {
  const offered = running.value.find((one) => one.id === id)
  if (offered !== undefined) answered.value = new Set(answered.value).add(keyOf(offered))
  const done = await call(`conversations.${name}`, id)
  if (!done.ok) {
    toast(explain(done.failure, id), { tone: 'refused' })
    // It may not have arrived at all: then it can be answered again.
    if (done.failure._tag === 'Network') answered.value = new Set()
  }
  await refresh()
  return done.ok
}

/** Takes what is offered, and opens it. */
export const accept = async (id: string): Promise<void> => {
  if (await answer(id, 'acceptOffer')) await open(id)
}

/** Lets it pass, to the next agent. */
export const pass = async (id: string): Promise<void> => {
  if (await answer(id, 'declineOffer')) toast(t().offer_passed)
}

let spoken = ''
let clock: ReturnType<typeof setInterval> | undefined

/** Keeps the seconds while something is offered, and says aloud what is offered to this agent. */
export const followOffers = (): void => {
  effect(() => learn(setup.value?.offers ?? []))
  effect(() => {
    const any = (setup.value?.offers.length ?? 0) > 0
    clearInterval(clock)
    second.value = timeNow()
    if (any) {
      clock = setInterval(() => {
        second.value = timeNow()
      }, 500)
    }
  })
  effect(() => {
    const [first] = offersToMe.value
    const key = first === undefined ? '' : `${first.id}/${first.offer.until}`
    if (first !== undefined && key !== spoken) announce(t().offer_says(queueName(first.queue), displayName(first)))
    spoken = key
  })
}
