import { useRef } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import { now, span } from '../../../shared/time.ts'
import { displayName } from '../../state/conversations.ts'
import { isHeld, releaseOrder } from '../../state/list.ts'
import { accept, countdown, leftOf, type Offered, offersToMe, pass } from '../../state/offers.ts'
import { queueOf, queueName } from '../../state/workspace.ts'
import { t } from '../../words/t.ts'
import { Key } from '../key.tsx'

/** How long the offer has been standing when it is shown full. */
const offerMs = 30_000

const Card = ({
  offered,
  over,
  more,
}: {
  readonly offered: Offered
  readonly over: boolean
  readonly more: number
}) => {
  const { id, channel, queue, waitingSince, lastActivity } = offered
  const left = over ? 0 : leftOf(offered)
  const whole = queueOf(queue)?.offerMs ?? offerMs
  const waited = Math.max(0, now.value - (waitingSince ?? lastActivity))
  return (
    <section class={`offer ${over ? 'over' : ''}`} aria-label={t().offer_by(queueName(queue))} data-offer={id}>
      <h3>{t().offer_by(queueName(queue))}</h3>
      <p>
        <Icon name={channel === 'email' ? 'mail' : 'chat'} size={12} />{' '}
        {t().offer_waits(displayName(offered), span(waited))}
      </p>
      <div class="offer-time">
        <span class="offer-bar" aria-hidden="true">
          <span style={{ transform: `scaleX(${Math.min(1, left / whole)})` }} />
        </span>
        <span class="offer-left" role="timer" aria-label={t().offer_left(countdown(left))}>
          {countdown(left)}
        </span>
      </div>
      <div class="offer-acts">
        <button
          type="button"
          class="button primary"
          data-act="acceptOffer"
          aria-keyshortcuts="y"
          disabled={over}
          onClick={() => void accept(id)}
        >
          {t().offer_accept}
          <Key of="y" />
        </button>
        <button type="button" class="button" data-act="declineOffer" disabled={over} onClick={() => void pass(id)}>
          {t().offer_pass}
        </button>
        {more > 0 && <span class="offer-more">{t().offer_more(more)}</span>}
      </div>
    </section>
  )
}

/**
 * What is offered to this agent, above everything else. While somebody aims at a row it neither comes nor goes, because
 * it would push the rows: a pill tells of it meanwhile, and `y` takes it all the same.
 */
export const OfferCard = () => {
  const shown = useRef<Offered | null>(null)
  const offers = offersToMe.value
  const [first] = offers
  if (!isHeld.value) shown.current = first ?? null
  const card = shown.current
  if (card === null) {
    return first === undefined ? null : (
      <div class="arrived-place">
        <button type="button" class="arrived offer-pill" onClick={releaseOrder}>
          {t().offer_by(queueName(first.queue))}
        </button>
      </div>
    )
  }
  const still = offers.find(({ id }) => id === card.id)
  return <Card offered={still ?? card} over={still === undefined} more={offers.length - 1} />
}
