import { describe, expect, it } from 'vitest'
import { incomingForm, messagesApi, optOutType, signedForm, type TakenMessage } from '../src/twilio/index.ts'
import { memoryFiles } from './memory-files.ts'

const open = () => {
  const taken: Array<TakenMessage> = []
  const api = messagesApi({
    accountSid: 'AC1',
    authToken: 'secret',
    numbers: ['+33199001820'],
    files: memoryFiles(),
    isStopped: (to) => to === '+33639980199',
    take: (message) => void taken.push(message),
  })
  const send = async (form: Readonly<Record<string, string>>, token = 'secret') => {
    const fate = await api.answer('messages', {
      method: 'POST',
      url: new URL('https://api.example/2010-04-01/Accounts/AC1/Messages.json'),
      headers: { authorization: `Basic ${btoa(`AC1:${token}`)}` },
      body: new TextEncoder().encode(new URLSearchParams(form).toString()),
    })
    return typeof fate === 'object' ? { status: fate.status, body: JSON.parse(String(fate.body)) } : undefined
  }
  return { send, taken }
}

const form = { To: '+33639980101', From: '+33199001820', Body: 'Hello' }

describe('Twilio', () => {
  it('takes what breaks no rule, and answers with its sid', async () => {
    const { send, taken } = open()
    const answer = await send({ ...form, StatusCallback: 'https://shop.example/reports' })
    expect(answer).toMatchObject({ status: 201, body: { sid: taken[0]?.sid, status: 'queued' } })
    expect(taken[0]).toMatchObject({ to: form.To, text: 'Hello', callback: 'https://shop.example/reports' })
  })

  it.each([
    ['another token', form, 'other', 20_003],
    ['no number', { ...form, To: '' }, 'secret', 21_604],
    ['what is no number', { ...form, To: '123' }, 'secret', 21_211],
    ['a number of somebody else', { ...form, From: '+33199009999' }, 'secret', 21_606],
    ['nothing to say', { ...form, Body: '' }, 'secret', 21_619],
    ['too much', { ...form, Body: 'x'.repeat(1601) }, 'secret', 21_617],
    ['a name that it does not know', { ...form, Tone: 'kind' }, 'secret', 20_001],
    ['somebody who wants no more', { ...form, To: '+33639980199' }, 'secret', 21_610],
  ])('refuses %s', async (_, said, token, code) => {
    const { send, taken } = open()
    expect((await send(said, token))?.body.code).toBe(code)
    expect(taken).toEqual([])
  })

  it('knows the words that stop and start', () => {
    expect(['Stop', ' START ', 'aide', 'stop it'].map(optOutType)).toEqual(['STOP', 'START', 'HELP', undefined])
  })

  it('signs the address and the sorted fields', () => {
    // Source: Twilio, "Validating signatures", whose example this is.
    const fields = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
    }
    const { headers } = signedForm('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', fields)
    expect(headers['x-twilio-signature']).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=')
  })

  it('says where the files of a message are', () => {
    const media = [{ url: 'https://api.example/ME1', mime: 'image/png' }]
    const said = { accountSid: 'AC1', sid: 'MM1', from: '+33639980101', to: '+33199001820', text: '', media }
    expect(incomingForm(said)).toMatchObject({
      NumMedia: '1',
      MediaUrl0: media[0]?.url,
      MediaContentType0: 'image/png',
    })
  })
})
