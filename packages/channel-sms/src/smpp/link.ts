import type { SendOutcome, Sink } from '@guichet/engine/ports'
import type { AnswersInDoubt } from './answers.ts'
import { bound } from './bind.ts'
import { intake } from './intake.ts'
import type { Pdu } from './library.ts'
import type { SmppSettings } from './settings.ts'
import { outgoing } from './submit.ts'
import type { SmppWire } from './wire.ts'

/** A connection to an SMSC that is bound. */
export interface Link {
  readonly submit: (wire: SmppWire, signal: AbortSignal) => Promise<SendOutcome>
  /** Resolves when the connection is gone, whoever ended it. */
  readonly ended: Promise<void>
  readonly close: () => void
}

/** Opens a connection, and hands what it brings to the engine. */
export const openLink = async (
  settings: SmppSettings,
  sink: Pick<Sink, 'events'>,
  {
    signal,
    holdMs,
    doubts,
  }: { readonly signal: AbortSignal; readonly holdMs: number; readonly doubts: AnswersInDoubt },
): Promise<Link> => {
  const session = await bound(settings, signal)
  let open = true
  let end: () => void = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })

  let silent = false
  let asking = false
  /** Asks whether the SMSC is there. Its answer says as well that it has read all that was written before. */
  const enquire = (): void => {
    if (asking || !open) return
    asking = true
    const before = incoming.written()
    session.enquire_link({}, () => {
      asking = false
      silent = false
      incoming.arrived(before)
      if (incoming.written() > before) enquire()
    })
  }
  const enquiring = setInterval(
    () => {
      if (silent) return session.destroy()
      silent = true
      enquire()
    },
    (settings.enquireSeconds ?? 30) * 1000,
  )
  const incoming = intake(session, sink, settings, { holdMs, doubts, answered: enquire })
  const { submit, ended: lost } = outgoing(session, settings)

  const ending = (): void => {
    if (!open) return
    open = false
    clearInterval(enquiring)
    incoming.ended()
    lost()
    end()
  }
  session.on('close', ending)
  session.on('error', () => session.destroy())
  session.on('deliver_sm', incoming.deliver)
  session.on('data_sm', incoming.deliver)
  session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()))
  session.on('unbind', (pdu: Pdu) => {
    session.send(pdu.response())
    session.close()
  })

  const close = (): void => {
    if (!open) return
    session.unbind()
    session.close()
    ending()
  }
  if (signal.aborted) close()
  else session.resume()
  return { submit, ended, close }
}
