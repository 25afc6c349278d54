import { whatsApp } from '@guichet/channel-whatsapp'
import { median } from '../median.ts'
import type { BenchResult } from '../result.ts'

const rounds = 41
const warmUps = 5
const perRound = 5_000

const number = '106540352242922'

/** A text as WhatsApp posts it, with everything that it says of who wrote it. */
const body = new TextEncoder().encode(
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '102290129340398',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550783881', phone_number_id: number },
              contacts: [
                {
                  profile: { name: 'Sheena Nelson', username: 'sheena.n' },
                  wa_id: '16505551234',
                  user_id: 'US.13491208655302741918',
                },
              ],
              messages: [
                {
                  from: '16505551234',
                  from_user_id: 'US.13491208655302741918',
                  id: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=',
                  timestamp: '1749416383',
                  type: 'text',
                  text: { body: 'Does it come in another color?' },
                },
              ],
            },
          },
        ],
      },
    ],
  }),
)

const account = {
  workspace: 'acme',
  id: 'mobile',
  name: 'Mobile',
  settings: {
    phoneNumberId: number,
    accessToken: 'EAAtest',
    appSecrets: ['a secret of the bench'],
    verifyTokens: ['meatyhamhock'],
    listButton: 'Options',
    apiVersion: 'v25.0',
    graphOrigin: 'https://graph.facebook.com',
  },
}

const request = { method: 'POST', url: 'https://acme.example/hook', headers: {}, body }
const channel = whatsApp()
const decoder = new TextDecoder()

/** Microseconds a webhook. */
const timed = (run: () => unknown): number => {
  const began = performance.now()
  for (let i = 0; i < perRound; i++) run()
  return ((performance.now() - began) * 1_000) / perRound
}

/** What `parse` of one text takes beside decoding the bytes and `JSON.parse`, which it does as well, in turns. */
export const whatsAppParse = (): BenchResult => {
  const parse = () => channel.parse(request, account)
  const plain = () => JSON.parse(decoder.decode(body))
  const figures = Array.from({ length: warmUps + rounds }, (_, round) => {
    const first = timed(round % 2 === 0 ? parse : plain)
    const second = timed(round % 2 === 0 ? plain : parse)
    return round % 2 === 0 ? first - second : second - first
  })
  return { name: 'whatsapp.parse', value: median(figures.slice(warmUps)), unit: 'us', goal: 15, bound: 'most' }
}
