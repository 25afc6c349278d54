import { apiOver, post } from '@guichet/local-providers'
import {
  consentAnswer,
  incomingForm,
  messagesApi,
  newSid,
  optOutType,
  signedForm,
  statusForm,
  type TakenMessage,
} from '@guichet/local-providers/twilio'
import { filesIn } from './files.ts'
import { blank, type NewMessage, type PhoneFile } from './message.ts'
import type { Provider, Surroundings } from './provider.ts'

/** Numbers of this ending exist nowhere: a way to see what a failure looks like. */
const nobody = /0000$/

/** Twilio: SMS and MMS for the number of the shop. */
export const twilioProvider = (around: Surroundings): Provider => {
  const { store, subscriptions, clock, url, works, courier, later } = around
  const { accountSid, authToken, number } = subscriptions.twilio

  const tell = (address: string, form: Readonly<Record<string, string>>): Promise<void> =>
    courier.bring(() => {
      const { headers, body } = signedForm(authToken, address, form)
      return post(address, headers, body)
    })

  const report = (
    { externalId: sid, phone: to, reference }: NewMessage,
    status: 'sent' | 'delivered' | 'undelivered',
    code?: number,
  ): Promise<void> => {
    const said = { accountSid, sid, from: number, to, status }
    return reference === null
      ? Promise.resolve()
      : tell(reference, statusForm(code === undefined ? said : { ...said, code }))
  }

  /** What Twilio fetches to send it as MMS. */
  const fetched = async (address: string): Promise<PhoneFile> => {
    const response = await fetch(address)
    if (!response.ok) throw new Error(`${address} answered ${response.status}`)
    const mime = response.headers.get('content-type')?.split(';')[0] ?? 'application/octet-stream'
    const name = decodeURIComponent(new URL(address).pathname.split('/').at(-1) ?? 'file')
    return store.keepFile({ name, mime }, new Uint8Array(await response.arrayBuffer()))
  }

  const carry = async (message: NewMessage, media: ReadonlyArray<string>): Promise<void> => {
    if (nobody.test(message.phone)) return report(message, 'undelivered', 30_005)
    const there = store.add({ ...message, files: await Promise.all(media.map(fetched)) })
    await Promise.all([report(there, 'sent'), report(there, 'delivered')])
  }

  const received = (externalId: string, phone: string, text: string): NewMessage => ({
    ...blank,
    line: 'sms',
    phone,
    direction: 'received',
    externalId,
    at: clock.now(),
    text,
    status: 'delivered',
  })

  const take = ({ sid, to, text, media, callback }: TakenMessage): undefined => {
    const message = { ...received(sid, to, text), reference: callback }
    later(() => carry(message, media))
  }

  const api = messagesApi({
    accountSid,
    authToken,
    numbers: [number],
    files: filesIn(store),
    isStopped: store.isStopped,
    take,
  })

  const fileUrl = (sid: string, { id }: PhoneFile): string =>
    `${url()}/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media/${id}`

  return {
    serve: apiOver(api, works),
    newId: ({ files }) => newSid(files.length),
    wrote: async ({ externalId: sid, phone, text, files }) => {
      const word = optOutType(text)
      const media = files.map((file) => ({ url: fileUrl(sid, file), mime: file.mime }))
      const said = { accountSid, sid, from: phone, to: number, text, media }
      const form = incomingForm(word === undefined ? said : { ...said, optOut: word })
      await tell(`${url()}/webhooks/sms`, form)
      if (word === undefined) return
      if (word !== 'HELP') store.setStopped(phone, word === 'STOP')
      store.add(received(newSid(0), phone, consentAnswer(word, 'Maison Lune')))
    },
    // A telephone tells nobody that a text message was seen.
    seen: () => Promise.resolve(),
  }
}
