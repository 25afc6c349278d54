import '../../style/queues.css'
import { useEffect, useState } from 'preact/hooks'
import { Avatar } from '../../../shared/avatar.tsx'
import { now, span } from '../../../shared/time.ts'
import type { QueueNow, SeatView, Summary } from '../../api.ts'
import { call } from '../../engine.ts'
import { conversation, displayName, learn } from '../../state/conversations.ts'
import { openMenu } from '../../state/menus.ts'
import { countdown, leftOf, type Offered, running } from '../../state/offers.ts'
import { open } from '../../state/thread.ts'
import { agentShort, queueName, seatOf, setup } from '../../state/workspace.ts'
import { around } from '../../words/counter/around.ts'
import { t } from '../../words/t.ts'
import { ScreenFrame } from './screen.tsx'

/** As many as are shown of a queue: who looks closer opens it. */
const shownAtMost = 8

/** Who waits in a queue, the longest first; asked again whenever something has changed. */
const useWaiting = (queue: QueueNow): ReadonlyArray<string> => {
  const [ids, setIds] = useState<ReadonlyArray<string>>([])
  const { waiting } = queue
  const stamp = setup.value
  useEffect(() => {
    let over = false
    void (async () => {
      if (waiting === 0) return setIds([])
      const answer = await call('conversations.list', { tab: 'unassigned', queue: queue.id, limit: 200 })
      if (over || !answer.ok) return
      learn(answer.value.items)
      const since = (one: Summary) => one.waitingSince ?? one.lastActivity
      setIds([...answer.value.items].sort((a, b) => since(a) - since(b)).map(({ id }) => id))
    })()
    return () => {
      over = true
    }
  }, [queue.id, stamp])
  return ids
}

const Figure = ({
  label,
  value,
  kind = '',
}: {
  readonly label: string
  readonly value: string
  readonly kind?: 'people' | ''
}) => (
  <div class={kind}>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
)

const SeatChip = ({ seat }: { readonly seat: SeatView }) => (
  <li class="seat-chip" data-seat={seat.agent} data-presence={seat.presence}>
    <span class="seat">
      <Avatar id={seat.agent} name={seat.name} size={24} />
      <span class={`dot ${seat.presence}`} />
    </span>
    <span>
      {agentShort(seat.agent)}
      <span class="sub">
        {t()[`presence_${seat.presence}`]} · {t().load(seat.load, seat.capacity)}
      </span>
    </span>
  </li>
)

const Running = ({ offered }: { readonly offered: Offered }) => (
  <span class="running">
    <span aria-hidden="true">→</span> {offered.offer.agents.map(agentShort).join(', ')}{' '}
    <span class="offer-left" role="timer">
      {countdown(leftOf(offered))}
    </span>
  </span>
)

const WaitingRow = ({ id }: { readonly id: string }) => {
  const summary = conversation(id)
  if (summary === undefined) return null
  const offered = running.value.find((one) => one.id === id)
  const name = summary.title ?? displayName(summary)
  return (
    <li class="waiting-row" data-waiting={id}>
      <button type="button" class="link waiting-name" onClick={() => void open(id)}>
        {name}
      </button>
      <span class="waited">{span(Math.max(0, now.value - (summary.waitingSince ?? summary.lastActivity)))}</span>
      {offered === undefined ? (
        <button
          type="button"
          class="link"
          aria-haspopup="dialog"
          aria-label={`${around().queues_give} : ${name}`}
          onClick={(event) => openMenu('assign', id, event.currentTarget)}
        >
          {around().queues_give}
        </button>
      ) : (
        <Running offered={offered} />
      )}
    </li>
  )
}

const QueueCard = ({ queue }: { readonly queue: QueueNow }) => {
  const waiting = useWaiting(queue)
  const { strategy, overflow, waitingSince, online } = queue
  const how = [
    around()[`strategy_${strategy?._tag ?? 'Everyone'}`],
    queue.mode === 'exclusive' ? around().exclusive : null,
    overflow === undefined ? null : around().overflowTo(span(overflow.afterMs), queueName(overflow.to)),
  ]
  const available = online.flatMap((id) => seatOf(id) ?? [])
  return (
    <section class="queue-card" data-queue={queue.id} aria-label={queue.name}>
      <header>
        <h2>{queue.name}</h2>
        <p>{how.filter(Boolean).join(' · ')}</p>
      </header>
      <dl>
        <Figure label={around().queues_waiting} value={String(queue.waiting)} />
        <Figure
          label={around().queues_longest}
          value={waitingSince === null ? '–' : span(Math.max(0, now.value - waitingSince))}
        />
        <Figure label={around().queues_open} value={String(queue.open)} />
        <Figure
          kind="people"
          label={around().queues_available}
          value={
            available.length === 0
              ? around().queues_nobody
              : available
                  .map(({ agent, load, capacity }) => `${agentShort(agent)} ${t().load(load, capacity)}`)
                  .join(', ')
          }
        />
      </dl>
      {waiting.length === 0 ? (
        <p class="none">{around().queues_empty}</p>
      ) : (
        <ul class="queue-waiting">
          {waiting.slice(0, shownAtMost).map((id) => (
            <WaitingRow key={id} id={id} />
          ))}
        </ul>
      )}
      {waiting.length > shownAtMost && <p class="none">{around().queues_more(waiting.length - shownAtMost)}</p>}
    </section>
  )
}

/** Every queue as its people see it: who waits, who is there, and what is being offered to whom. */
export const QueuesScreen = () => {
  const { seats = [], queues = [] } = setup.value ?? {}
  const mine = queues.filter((queue) => queue.mine)
  return (
    <ScreenFrame name="queues" title={t().screen_queues}>
      <ul class="seats" aria-label={around().queues_team}>
        {seats.map((seat) => (
          <SeatChip key={seat.agent} seat={seat} />
        ))}
      </ul>
      <div class="queue-cards">
        {mine.map((queue) => (
          <QueueCard key={queue.id} queue={queue} />
        ))}
      </div>
    </ScreenFrame>
  )
}
