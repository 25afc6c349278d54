import type { InboundEvent, Sink } from '@guichet/engine/ports'
import { type AnswersInDoubt, digestOf, type Taken } from './answers.ts'
import { deliveredOf, messageEvents } from './deliver.ts'
import type { Pdu, Session } from './library.ts'
import { reassembly, type Waiting } from './reassembly.ts'
import type { SmppSettings } from './settings.ts'

/** A temporary error of ours: the SMSC brings it again (SMPP 3.4, 5.1.3, ESME_RX_T_APPN). */
const comeAgain = 0x64

/** What comes in by one session. */
export interface Intake {
  /** Takes a deliver_sm or a data_sm, and answers it when it is stored. */
  readonly deliver: (pdu: Pdu) => void
  /** How many answers have been written, and how many of them the SMSC has read. */
  readonly written: () => number
  readonly arrived: (count: number) => void
  readonly ended: () => void
}

/** The parts of one message, as the engine has them: one message of a whole, else as many as there are. */
const eventsOf = (
  parts: ReadonlyArray<Waiting>,
  whole: boolean,
  settings: SmppSettings,
): ReadonlyArray<InboundEvent> => {
  const [first] = parts
  const texts = parts.flatMap(({ text }) => (text === undefined ? [] : [text]))
  if (whole && first !== undefined && texts.length === parts.length) {
    return messageEvents({ ...first, text: texts.join('') }, settings)
  }
  return parts.flatMap((one) => messageEvents(one, settings, one.part))
}

/** Stores what a session brings, one after the other, and answers it; `answered` is told of each that was stored. */
export const intake = (
  session: Session,
  sink: Pick<Sink, 'events'>,
  settings: SmppSettings,
  { holdMs, doubts, answered }: { holdMs: number; doubts: AnswersInDoubt; answered: () => void },
): Intake => {
  const answers = doubts.session()
  let open = true
  let storing: Promise<void> = Promise.resolve()
  const store = (events: ReadonlyArray<InboundEvent>, tell: ReadonlyArray<(stored: boolean) => void>): void => {
    storing = storing
      .then(() => sink.events(events))
      .then(
        () => true,
        () => false,
      )
      .then((stored) => {
        for (const answer of tell) answer(stored)
      })
  }
  const long = reassembly(holdMs, (parts, whole) =>
    store(
      eventsOf(parts, whole, settings),
      parts.map(({ answer }) => answer),
    ),
  )
  const take = (pdu: Pdu, { id }: Taken, answer: (stored: boolean) => void): void => {
    const delivered = deliveredOf(pdu, settings)
    if (delivered._tag !== 'Text') return store(delivered.events, [answer])
    const { part } = delivered
    if (part === undefined) return store(messageEvents({ ...delivered, id }, settings), [answer])
    long.add({ ...delivered, id, part, answer })
  }
  const deliver = (pdu: Pdu): void => {
    const digest = digestOf(pdu)
    const before = doubts.earlier(digest)
    const taken = answers.took(digest, before?.id)
    const answer = (stored: boolean): void => {
      const sent = open && session.send(pdu.response(stored ? {} : { command_status: comeAgain }))
      answers.answered(taken, stored, sent)
      if (stored) answered()
    }
    if (before === undefined) return take(pdu, taken, answer)
    void before.stored.then((stored) => (stored ? answer(true) : take(pdu, taken, answer)))
  }
  const ended = (): void => {
    open = false
    long.clear()
    answers.ended()
  }
  return { deliver, written: answers.written, arrived: answers.arrived, ended }
}
