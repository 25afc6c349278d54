import { useEffect, useRef } from 'preact/hooks'
import type { PhoneMessage } from '../../server/phone/message.ts'
import { daysBetween, longDate } from '../shared/time.ts'
import { Bubble } from './bubble.tsx'
import { line, phone, send, thread } from './telephone.ts'
import { t } from './words.ts'

/** What can be tapped, until something else was said. */
const Offered = ({ message }: { readonly message: PhoneMessage }) => (
  <div class="offer" role="group" aria-label={t().choices}>
    {message.offer?.choices.map(({ id, label }) => (
      <button key={id} type="button" onClick={() => void send({ text: label, choice: id, quotes: message.externalId })}>
        {label}
      </button>
    ))}
  </div>
)

/** Quick replies go with whatever comes after them; buttons stay until the customer has said something. */
const offering = (shown: ReadonlyArray<PhoneMessage>): PhoneMessage | undefined => {
  const message = shown.findLast(({ direction, offer }) => direction === 'sent' || offer !== null)
  if (message === undefined || message.offer === null) return undefined
  return message.offer.as === 'quick_reply' && message !== shown.at(-1) ? undefined : message
}

export const Conversation = () => {
  const scrolled = useRef<HTMLDivElement>(null)
  const shown = thread.value
  const last = shown.at(-1)
  const offered = offering(shown)
  useEffect(() => {
    const box = scrolled.current
    if (box !== null) box.scrollTop = box.scrollHeight
  }, [last?.id, line.value, phone.value])
  return (
    // A region that scrolls is reached by the keyboard.
    <div ref={scrolled} class="thread" role="region" aria-label={t().messages} tabIndex={0}>
      {shown.length === 0 && <p class="empty">{t().empty}</p>}
      <ol>
        {shown.map((message, at) => {
          const before = shown[at - 1]
          return [
            (before === undefined || daysBetween(before.at, message.at) > 0) && (
              <li key={`day-${message.id}`} class="day">
                {longDate(message.at)}
              </li>
            ),
            <Bubble key={message.id} message={message} />,
          ]
        })}
      </ol>
      {offered !== undefined && <Offered message={offered} />}
    </div>
  )
}
