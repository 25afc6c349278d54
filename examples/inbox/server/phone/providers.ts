import type { Line } from './message.ts'
import { messengerProvider } from './meta/messenger.ts'
import { whatsappProvider } from './meta/whatsapp.ts'
import type { Provider, Surroundings } from './provider.ts'
import { twilioProvider } from './twilio/twilio.ts'

const makers = { sms: twilioProvider, whatsapp: whatsappProvider, messenger: messengerProvider } as const

/** Those who carry the shop's messages to telephones, all in this process: each behaves as the real one documents. */
export const openProviders = (
  around: Omit<Surroundings, 'works'>,
  works: (line: Line) => boolean,
): Readonly<Record<Line, Provider>> => {
  const open = (line: Line): Provider => makers[line]({ ...around, works: () => works(line) })
  return { sms: open('sms'), whatsapp: open('whatsapp'), messenger: open('messenger') }
}
