import type { SendOutcome, Sink } from '@guichet/engine/ports'
import { library, type Pdu, type Session } from './library.ts'
import type { Verdict } from '../send/verdict.ts'
import { deliveredOf, messageEvents } from './deliver.ts'
import { smppErrors } from './errors.ts'
import { reassembly, type Waiting } from './reassembly.ts'
import type { SmppSettings } from './settings.ts'
import { bodyOfPart, kindOfNumber, type SmppWire } from './wire.ts'

/** A connection to an SMSC that is bound. */
export interface Link {
  readonly submit: (wire: SmppWire, signal: AbortSignal) => Promise<SendOutcome>
  /** Resolves when the connection is gone, whoever ended it. */
  readonly ended: Promise<void>
  readonly close: () => void
}

/** A temporary error of ours: the SMSC brings it again (SMPP 3.4, 5.1.3, ESME_RX_T_APPN). */
const comeAgain = 0x64
const bindMs = 10_000

const outcomes = (status: number): SendOutcome => {
  const code = `0x${status.toString(16).padStart(2, '0')}`
  const reason = `command status ${code}`
  const verdict: Verdict = smppErrors[String(status)] ?? 'refused'
  switch (verdict) {
    case 'throttle':
      return { _tag: 'Retry', reason, scope: 'account' }
    case 'again':
      return { _tag: 'Retry', reason }
    case 'uncertain':
      return { _tag: 'Ambiguous', reason }
    case 'refused':
      return { _tag: 'Rejected', code, reason }
    default:
      return { _tag: 'Rejected', code, reason, because: verdict }
  }
}

const decimal = (id: string): string => (/^[\da-f]+$/i.test(id) ? BigInt(`0x${id}`).toString() : id)

/** Binds a session; rejects when that does not come about in time, or is refused. */
const bound = (settings: SmppSettings, signal: AbortSignal): Promise<Session> =>
  new Promise((resolve, reject) => {
    const { host, port, tls = false, systemId, password, systemType = '' } = settings
    const session = library.connect({ host, port, tls })
    const stop = (): void => fail('stopped')
    const settled = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
    const fail = (reason: string): void => {
      settled()
      session.destroy()
      reject(new Error(reason))
    }
    const timer = setTimeout(() => fail('no bind in time'), bindMs)
    signal.addEventListener('abort', stop, { once: true })
    session.on('error', (error: Error) => fail(error.message))
    session.on('close', () => fail('the connection ended'))
    session.on(tls ? 'secureConnect' : 'connect', () => {
      const options = { system_id: systemId, password, system_type: systemType, interface_version: 0x34 }
      session.bind_transceiver(options, ({ command_status: status }) => {
        settled()
        if (status === 0) resolve(session)
        else fail(`the SMSC refuses the bind: 0x${status.toString(16)}`)
      })
    })
  })

/** Opens a connection, and hands what it brings to the engine. */
export const openLink = async (
  settings: SmppSettings,
  sink: Pick<Sink, 'events'>,
  { signal, holdMs }: { readonly signal: AbortSignal; readonly holdMs: number },
): Promise<Link> => {
  const session = await bound(settings, signal)
  const { window = 10, enquireSeconds = 30, hexadecimalIds = false, sender } = settings
  const pending = new Set<(outcome: SendOutcome) => void>()
  const queue: Array<() => void> = []
  let open = true
  let end: () => void = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })

  /** One after the other: what came first is stored first. */
  let storing: Promise<void> = Promise.resolve()
  const store = (events: Parameters<Sink['events']>[0], answers: ReadonlyArray<(stored: boolean) => void>): void => {
    storing = storing
      .then(() => sink.events(events))
      .then(
        () => true,
        () => false,
      )
      .then((stored) => {
        for (const answer of answers) answer(stored)
      })
  }
  const long = reassembly(holdMs, (parts: ReadonlyArray<Waiting>, whole) => {
    const answers = parts.map(({ answer }) => answer)
    const [first] = parts
    const texts = parts.flatMap(({ text }) => (text === undefined ? [] : [text]))
    if (whole && first !== undefined && texts.length === parts.length) {
      store(messageEvents(first.from, texts.join(''), settings), answers)
    } else
      store(
        parts.flatMap(({ from, text, part }) => messageEvents(from, text, settings, part)),
        answers,
      )
  })

  const ending = (): void => {
    if (!open) return
    open = false
    clearInterval(enquiring)
    long.clear()
    for (const settle of pending) settle({ _tag: 'Ambiguous', reason: 'the connection ended before the answer' })
    for (const next of queue.splice(0)) next()
    end()
  }
  session.on('close', ending)
  session.on('error', () => session.destroy())
  session.on('deliver_sm', (pdu: Pdu) => {
    const answer = (stored: boolean): void => {
      if (open) session.send(pdu.response(stored ? {} : { command_status: comeAgain }))
    }
    const delivered = deliveredOf(pdu, settings)
    if (delivered._tag !== 'Text') return store(delivered.events, [answer])
    const { from, text, part } = delivered
    if (part === undefined) return store(messageEvents(from, text, settings), [answer])
    long.add({ from, text, part, answer })
  })
  session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()))
  session.on('unbind', (pdu: Pdu) => {
    session.send(pdu.response())
    session.close()
  })
  let silent = false
  const enquiring = setInterval(() => {
    if (silent) return session.destroy()
    silent = true
    session.enquire_link({}, () => {
      silent = false
    })
  }, enquireSeconds * 1000)

  const submit = async (wire: SmppWire, stop: AbortSignal): Promise<SendOutcome> => {
    while (open && !stop.aborted && pending.size >= window) {
      await new Promise<void>((next) => {
        queue.push(next)
        stop.addEventListener('abort', () => next(), { once: true })
      })
    }
    if (!open || stop.aborted) return { _tag: 'Retry', reason: open ? 'stopped before it began' : 'no connection' }
    const source = kindOfNumber(sender)
    const destination = kindOfNumber(wire.to)
    const options = {
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
    return new Promise((resolve) => {
      const settle = (outcome: SendOutcome): void => {
        if (!pending.delete(settle)) return
        queue.shift()?.()
        resolve(outcome)
      }
      pending.add(settle)
      const written = session.submit_sm(options, ({ command_status: status, message_id: id = '' }) => {
        if (status !== 0) return settle(outcomes(status))
        if (id === '') return settle({ _tag: 'Ambiguous', reason: 'answered without the id of a message' })
        settle({ _tag: 'Accepted', externalId: hexadecimalIds ? decimal(id) : id })
      })
      if (!written) settle({ _tag: 'Retry', reason: 'no connection' })
      stop.addEventListener('abort', () => settle({ _tag: 'Ambiguous', reason: 'stopped before the answer' }), {
        once: true,
      })
    })
  }

  const close = (): void => {
    if (!open) return
    session.unbind()
    session.close()
    ending()
  }
  if (signal.aborted) close()
  return { submit, ended, close }
}
