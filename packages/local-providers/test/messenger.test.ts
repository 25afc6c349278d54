import { describe, expect, it } from 'vitest'
import type { Asked } from '../src/index.ts'
import { type ActionBody, contentOf, sendApi, type SendApiHost, type TakenMessage } from '../src/messenger/index.ts'
import { memoryFiles } from './memory-files.ts'

const hour = 3_600_000

const open = (more: Partial<SendApiHost> = {}) => {
  const taken: Array<TakenMessage> = []
  const acts: Array<ActionBody> = []
  const api = sendApi({
    product: 'messenger',
    node: '1',
    token: () => 'EAAG',
    files: memoryFiles(),
    now: () => 100 * hour,
    wroteAt: (to) => (to === 'zoe' ? 99 * hour : undefined),
    profileOf: (id) => (id === 'zoe' ? { first_name: 'Zoe', last_name: 'Klein' } : undefined),
    act: (action) => void acts.push(action),
    take: (message) => void taken.push(message),
    ...more,
  })
  const ask = async (method: string, path: string, said: object = {}) => {
    const asked: Asked = {
      method,
      url: new URL(path, 'http://graph.example'),
      headers: { authorization: 'Bearer EAAG' },
      body: new TextEncoder().encode(JSON.stringify(said)),
    }
    const place = api.placeOf(method, asked.url)
    const fate = place === undefined ? undefined : await api.answer(place, asked)
    return typeof fate === 'object' ? { status: fate.status, body: JSON.parse(String(fate.body)) } : undefined
  }
  const send = (said: object) =>
    ask('POST', '/v25.0/1/messages', { recipient: { id: 'zoe' }, messaging_type: 'RESPONSE', ...said })
  return { ask, send, taken, acts }
}

describe('the Send API', () => {
  it('takes what breaks no rule, and answers with its id', async () => {
    const { send, taken } = open()
    const answer = await send({ message: { text: 'Hello' } })
    expect(answer).toMatchObject({ status: 200, body: { recipient_id: 'zoe', message_id: taken[0]?.mid } })
    expect(contentOf(taken[0]?.body.message)).toEqual({ text: 'Hello', offer: null })
  })

  it.each([
    ['somebody whom the page does not know', { recipient: { id: 'yan' }, message: { text: 'Hello' } }, 2_018_001],
    ['nothing', { message: { text: ' ' } }, 2_018_032],
    ['words and a file at once', { message: { text: 'Hello', attachment: { type: 'image', payload: {} } } }, 2_018_034],
    ['a file that nobody uploaded', { message: { attachment: { type: 'image', payload: {} } } }, 2_018_008],
  ])('refuses %s', async (_, said, subcode) => {
    const { send, taken } = open()
    expect((await send(said))?.body.error.error_subcode).toBe(subcode)
    expect(taken).toEqual([])
  })

  it('lets a person answer for seven days, and a program for one', async () => {
    const { send } = open({ wroteAt: () => 0 })
    const message = { text: 'Hello' }
    expect((await send({ message }))?.body.error.error_subcode).toBe(2_018_278)
    expect((await send({ message, messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }))?.status).toBe(200)
  })

  it('hears what is shown beside messages, where the product knows it', async () => {
    const { ask, acts } = open()
    const show = (said: object) => ask('POST', '/v25.0/1/messages', { recipient: { id: 'zoe' }, ...said })
    expect((await show({ sender_action: 'mark_seen' }))?.body).toEqual({ recipient_id: 'zoe' })
    const reaction = { sender_action: 'react', payload: { message_id: 'm_1', reaction: 'love' } }
    expect((await show(reaction))?.status).toBe(400)
    expect(acts).toEqual([{ recipient: { id: 'zoe' }, sender_action: 'mark_seen' }])
  })

  it('passes a conversation to an application, and takes it back', async () => {
    const passed: Array<string> = []
    const { ask } = open({ control: (edge) => void passed.push(edge) })
    const recipient = { id: 'zoe' }
    expect((await ask('POST', '/v25.0/1/pass_thread_control', { recipient }))?.status).toBe(400)
    await ask('POST', '/v25.0/1/pass_thread_control', { recipient, target_app_id: '2' })
    await ask('POST', '/v25.0/1/take_thread_control', { recipient })
    expect(passed).toEqual(['pass_thread_control', 'take_thread_control'])
  })

  it('tells what is asked of who wrote, and nothing of anybody else', async () => {
    const { ask } = open()
    expect((await ask('GET', '/v25.0/zoe?fields=first_name'))?.body).toEqual({ id: 'zoe', first_name: 'Zoe' })
    expect((await ask('GET', '/v25.0/yan?fields=first_name'))?.body.error.error_subcode).toBe(33)
  })
})
