import { courier, type Travel } from '@guichet/local-providers'
import { Hono } from 'hono'
import type { Line } from './message.ts'
import { messengerProvider } from './messenger.ts'
import type { Provider, Surroundings } from './provider.ts'
import { twilioProvider } from './twilio.ts'
import { whatsappProvider } from './whatsapp.ts'

const makers = { sms: twilioProvider, whatsapp: whatsappProvider, messenger: messengerProvider } as const

/** For how long a notification is held back that is to be late, in milliseconds: long enough to be seen. */
const holdMs = 1_000

const wait = (ms: number): Promise<void> =>
  new Promise((waited) => {
    setTimeout(waited, ms)
  })

export type Providers = Readonly<Record<Line, Provider>>

/** Those who carry the shop's messages to telephones, all in this process: each behaves as the real one documents. */
export const openProviders = (
  around: Omit<Surroundings, 'works' | 'courier'>,
  now: { readonly works: (line: Line) => boolean; readonly travel: () => Travel },
): Providers => {
  const open = (line: Line): Provider =>
    makers[line]({
      ...around,
      works: () => now.works(line),
      courier: courier({ travel: now.travel, holdMs, wait }),
    })
  return { sms: open('sms'), whatsapp: open('whatsapp'), messenger: open('messenger') }
}

/** What the shop sends by, at the paths that the providers document. */
export const providerRoutes = (providers: Providers): Hono =>
  new Hono().all('*', async (c, next) => {
    // Meta's two share the Graph API, where a person of the page and a file of WhatsApp look alike: people are known.
    for (const { serve } of [providers.messenger, providers.whatsapp, providers.sms]) {
      const response = await serve(c.req.raw)
      if (response !== undefined) return response
    }
    return next()
  })
