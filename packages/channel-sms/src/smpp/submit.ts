import type { SendOutcome } from '@guichet/engine/ports'
import { judged } from '../send/verdict.ts'
import { smppErrors } from './errors.ts'
import type { Session } from './library.ts'
import type { SmppSettings } from './settings.ts'
import { bodyOfPart, kindOfNumber, type SmppWire } from './wire.ts'

const outcomes = (status: number): SendOutcome => {
  const code = `0x${status.toString(16).padStart(2, '0')}`
  return judged(smppErrors[String(status)] ?? 'refused', { code, reason: `command status ${code}` })
}

const decimal = (id: string): string => (/^[\da-f]+$/i.test(id) ? BigInt(`0x${id}`).toString() : id)

/** The messages of one session that go out: no more of them are under way than its window lets through. */
export interface Outgoing {
  readonly submit: (wire: SmppWire, signal: AbortSignal) => Promise<SendOutcome>
  /** The connection is gone: nobody knows of what was under way. */
  readonly ended: () => void
}

const fieldsOf = (wire: SmppWire, sender: string): object => {
  const source = kindOfNumber(sender)
  const destination = kindOfNumber(wire.to)
  return {
    source_addr_ton: source.ton,
    source_addr_npi: source.npi,
    source_addr: sender.replace(/^\+/, ''),
    dest_addr_ton: destination.ton,
    dest_addr_npi: destination.npi,
    destination_addr: wire.to.replace(/^\+/, ''),
    esm_class: wire.part === undefined ? 0 : 0x40,
    registered_delivery: 1,
    data_coding: wire.encoding === 'GSM-7' ? 0 : 8,
    short_message: bodyOfPart(wire),
  }
}

/** Sends by a session that is bound. */
export const outgoing = (session: Session, { window = 10, hexadecimalIds = false, sender }: SmppSettings): Outgoing => {
  const pending = new Set<(outcome: SendOutcome) => void>()
  const queue: Array<() => void> = []
  let open = true
  /** Resolves when there may be room, or nobody waits for it any more. */
  const room = (stop: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const settle = (): void => {
        stop.removeEventListener('abort', settle)
        // One that has left must not be woken in place of one that waits.
        if (queue.includes(settle)) queue.splice(queue.indexOf(settle), 1)
        resolve()
      }
      queue.push(settle)
      stop.addEventListener('abort', settle, { once: true })
    })
  const submit = async (wire: SmppWire, stop: AbortSignal): Promise<SendOutcome> => {
    while (open && !stop.aborted && pending.size >= window) await room(stop)
    if (!open || stop.aborted) {
      // Who has been woken and does not go leaves the place to the next.
      queue[0]?.()
      return { _tag: 'Retry', reason: open ? 'stopped before it began' : 'no connection' }
    }
    return new Promise((resolve) => {
      const stopped = (): void => settle({ _tag: 'Ambiguous', reason: 'stopped before the answer' })
      const settle = (outcome: SendOutcome): void => {
        if (!pending.delete(settle)) return
        stop.removeEventListener('abort', stopped)
        queue[0]?.()
        resolve(outcome)
      }
      pending.add(settle)
      stop.addEventListener('abort', stopped, { once: true })
      const written = session.submit_sm(fieldsOf(wire, sender), ({ command_status: status, message_id: id = '' }) => {
        if (status !== 0) return settle(outcomes(status))
        if (id === '') return settle({ _tag: 'Ambiguous', reason: 'answered without the id of a message' })
        settle({ _tag: 'Accepted', externalId: hexadecimalIds ? decimal(id) : id })
      })
      if (!written) settle({ _tag: 'Retry', reason: 'no connection' })
    })
  }
  const ended = (): void => {
    open = false
    for (const settle of pending) settle({ _tag: 'Ambiguous', reason: 'the connection ended before the answer' })
    // Each leaves the queue as it is told.
    while (queue.length > 0) queue[0]?.()
  }
  return { submit, ended }
}
