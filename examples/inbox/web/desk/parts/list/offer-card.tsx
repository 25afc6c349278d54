import { Icon } from '../../../shared/icon.tsx'
import { age, now, span } from '../../../shared/time.ts'
import { displayName } from '../../state/conversations.ts'
import { accept, countdown, leftOf, offersToMe, pass } from '../../state/offers.ts'
import { queueOf, queueName } from '../../state/workspace.ts'
import { t } from '../../words/t.ts'
import { Key } from '../key.tsx'

/** How long the offer has been standing when it is shown full. */
const offerMs = 30_000

/** What is offered to this agent, above everything else: the one that ends first, and how many more there are. */
export const OfferCard = () => {
  const offers = offersToMe.value
  const [first] = offers
  if (first === undefined) return null
  const left = leftOf(first)
  const whole = queueOf(first.queue)?.offerMs ?? offerMs
  const waited = Math.max(0, now.value - (first.waitingSince ?? first.lastActivity))
  return (
    <section class="offer" aria-label={t().offer_by(queueName(first.queue))} data-offer={first.id}>
      <h3>{t().offer_by(queueName(first.queue))}</h3>
      <p>
        <Icon name={first.channel === 'email' ? 'mail' : 'chat'} size={12} />{' '}
        {t().offer_waits(displayName(first), span(waited))}
        <time class="sr" dateTime={new Date(first.lastActivity).toISOString()}>
          {age(first.lastActivity)}
        </time>
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
          onClick={() => void accept(first.id)}
        >
          {t().offer_accept}
          <Key of="y" />
        </button>
        <button type="button" class="button" data-act="declineOffer" onClick={() => void pass(first.id)}>
          {t().offer_pass}
        </button>
        {offers.length > 1 && <span class="offer-more">{t().offer_more(offers.length - 1)}</span>}
      </div>
    </section>
  )
}
