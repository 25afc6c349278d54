import { getEventListeners } from 'node:events'
import { channelCases, titleOf } from '@guichet/conformance'
import { describe, expect, it, onTestFinished } from 'vitest'
import { smpp, type SmppWire } from '../src/index.ts'
import { smppErrors } from '../src/smpp/errors.ts'
import { bodyOfPart } from '../src/smpp/wire.ts'
import { smppTown as town } from './support/smpp-town.ts'
import { settings, smsc } from './support/smsc.ts'

const textOf = (message: { readonly parts: ReadonlyArray<unknown> } | undefined) => message?.parts

describe('SMS by SMPP', () => {
  it('G06 stores what comes before it says so, in every alphabet', async () => {
    const { peer, messages, conversations } = await town()
    expect(await peer.deliver({ short_message: 'Where is it? 5 €', data_coding: 0 })).toBe(0)
    expect(await conversations()).toMatchObject([{ contact: { address: '+14155552671' } }])
    expect(await peer.deliver({ short_message: Buffer.from('Où ?', 'latin1'), data_coding: 3 })).toBe(0)
    expect(await peer.deliver({ short_message: Buffer.from('漢字😀', 'utf16le').swap16(), data_coding: 8 })).toBe(0)
    expect(await peer.deliver({ message_payload: 'x'.repeat(300), data_coding: 0 })).toBe(0)
    expect((await messages()).map(textOf)).toEqual(
      ['Where is it? 5 €', 'Où ?', '漢字😀', 'x'.repeat(300)].map((text) => [{ _tag: 'Text', text }]),
    )
  })

  it('G07 joins the parts of a long message, in whatever order they come', async () => {
    const { peer, messages } = await town()
    const part = (index: number, text: string) =>
      peer.deliver({
        esm_class: 0x40,
        short_message: { udh: Buffer.from([5, 0, 3, 7, 2, index]), message: text },
        data_coding: 0,
      })
    expect(await Promise.all([part(2, 'is my order?'), part(1, 'Where ')])).toEqual([0, 0])
    const sar = (index: number, short_message: string) =>
      peer.deliver({
        sar_msg_ref_num: 300,
        sar_total_segments: 2,
        sar_segment_seqnum: index,
        short_message,
        data_coding: 0,
      })
    expect(await Promise.all([sar(1, 'It was '), sar(2, 'due.')])).toEqual([0, 0])
    expect((await messages()).map(textOf)).toEqual(
      ['Where is my order?', 'It was due.'].map((text) => [{ _tag: 'Text', text }]),
    )
  })

  it('G06 keeps a part whose others do not come', async () => {
    const { peer, messages } = await town({ holdMs: 20 })
    const udh = Buffer.from([6, 8, 4, 1, 7, 3, 2])
    expect(await peer.deliver({ esm_class: 0x40, short_message: { udh, message: 'alone' }, data_coding: 0 })).toBe(0)
    expect((await messages()).map(textOf)).toEqual([[{ _tag: 'Text', text: 'alone' }]])
  })

  it('G18 sends, and follows the receipts, in text and in fields', async () => {
    const { peer, messages, reply } = await town()
    await peer.deliver({ short_message: 'Hello', data_coding: 0 })
    await reply('It leaves today: 5 €')
    expect(peer.submitted).toMatchObject([
      { source_addr: '14155550100', destination_addr: '14155552671', data_coding: 0, registered_delivery: 1 },
    ])
    expect(peer.submitted[0]?.short_message?.message).toBe('It leaves today: 5 €')
    const delivery = async () => (await messages())[1]?.delivery
    expect(await delivery()).toMatchObject({ status: 'sent', externalId: 'm1' })
    const text = 'id:m1 sub:001 dlvrd:001 submit date:2511221159 done date:2511221159 stat:DELIVRD err:000 text:It'
    expect(await peer.deliver({ esm_class: 4, short_message: text, data_coding: 0 })).toBe(0)
    expect(await delivery()).toMatchObject({ status: 'delivered' })
    await peer.deliver({
      esm_class: 4,
      receipted_message_id: 'm1',
      message_state: 6,
      short_message: '',
      data_coding: 0,
    })
    expect(await delivery()).toMatchObject({ status: 'delivered' })
  })

  it('sends no half of a surrogate pair', async () => {
    const { peer, reply } = await town()
    await peer.says('Hello')
    await reply('Half a \ud83d smile')
    expect(peer.submitted.map((pdu) => pdu.short_message?.message)).toEqual(['Half a \ufffd smile'])
  })

  it('sends a long text in parts that belong together', async () => {
    const { peer, messages, reply } = await town()
    await peer.deliver({ short_message: 'Hello', data_coding: 0 })
    const text = `${'ж'.repeat(66)}😀${'ж'.repeat(66)}`
    await reply(text)
    const headers = peer.submitted.map((pdu) => pdu.short_message?.udh?.map((one) => [...one]))
    const reference = headers[0]?.[0]?.[2]
    expect(headers).toEqual([1, 2, 3].map((index) => [[0, 3, reference, 3, index]]))
    expect(peer.submitted.map((pdu) => pdu.short_message?.message).join('')).toBe(text)
    expect((await messages())[1]?.delivery).toMatchObject({ status: 'sent' })
  })

  it('G17 does not know of a message whose answer is lost, and comes back', async () => {
    const { peer, messages, reply } = await town()
    await peer.deliver({ short_message: 'Hello', data_coding: 0 })
    peer.scripted.push('end')
    await reply('One')
    expect((await messages())[1]?.delivery).toMatchObject({ status: 'uncertain' })
    await expect.poll(() => peer.sessions.length).toBe(2)
    peer.scripted.push(0x0b)
    await reply('Two')
    expect((await messages())[2]?.delivery).toMatchObject({ status: 'failed', error: { code: '0x0b' } })
  })

  const connected = async (own: object) => {
    const peer = await smsc()
    const channel = smpp({ reopenMs: 10 })
    const account = { workspace: 'acme', id: 'sms', name: 'SMS', settings: { ...settings, port: peer.port, ...own } }
    const stop = new AbortController()
    onTestFinished(() => stop.abort())
    const sink = {} as Parameters<NonNullable<typeof channel.connect>>[1]
    await channel.connect?.(account, sink, { signal: stop.signal, now: Date.now })
    const send = (text: string, signal = AbortSignal.timeout(20_000)) =>
      Promise.resolve(
        channel.send({ to: '+14155552671', text, encoding: 'GSM-7' }, account, {
          idempotencyKey: text,
          signal,
          fetch,
          blob: async () => new Uint8Array(),
        }),
      )
    return { peer, send, stop }
  }

  it('has no more messages under way than the window lets through', async () => {
    const { peer, send } = await connected({ window: 1 })
    peer.scripted.push('hold')
    const first = send('One')
    const second = send('Two')
    await expect.poll(() => peer.held.length).toBe(1)
    expect(await send('Three', AbortSignal.abort())).toMatchObject({ _tag: 'Retry' })
    expect(peer.submitted).toHaveLength(1)
    peer.held[0]?.()
    expect(await first).toEqual({ _tag: 'Accepted', externalId: 'held' })
    expect(await second).toEqual({ _tag: 'Accepted', externalId: 'm2' })
  })

  it('lets the next one go when one that waits is given up, and leaves nobody listening', async () => {
    const { peer, send } = await connected({ window: 1 })
    peer.scripted.push('hold')
    const first = send('One')
    const given = new AbortController()
    const second = send('Two', given.signal)
    const patient = new AbortController()
    const third = send('Three', patient.signal)
    await expect.poll(() => peer.held.length).toBe(1)
    given.abort()
    expect(await second).toMatchObject({ _tag: 'Retry' })
    peer.held[0]?.()
    expect(await first).toMatchObject({ _tag: 'Accepted' })
    expect(await third).toMatchObject({ _tag: 'Accepted' })
    expect(getEventListeners(patient.signal, 'abort')).toEqual([])
  })

  it('knows an id in hexadecimal for what it is in decimal', async () => {
    const { peer, send } = await connected({ hexadecimalIds: true })
    peer.links.id = '1f'
    expect(await send('One')).toEqual({ _tag: 'Accepted', externalId: '31' })
  })

  it.each(Object.entries(smppErrors))('G17 ends command status %s as its table says: %s', async (status, verdict) => {
    const { peer, send } = await connected({})
    peer.scripted.push(Number(status))
    const outcome = await send('One')
    if (verdict === 'throttle') expect(outcome).toMatchObject({ _tag: 'Retry', scope: 'account' })
    else if (verdict === 'again') expect(outcome).toMatchObject({ _tag: 'Retry' })
    else if (verdict === 'uncertain') expect(outcome).toMatchObject({ _tag: 'Ambiguous' })
    else expect(outcome._tag === 'Rejected' && (outcome.because ?? 'refused')).toBe(verdict)
  })

  it('leaves an SMSC that does not answer any more, and comes back', async () => {
    const { peer, send, stop } = await connected({ enquireSeconds: 1 })
    peer.links.answer = false
    await expect.poll(() => peer.sessions.length).toBe(2)
    await expect.poll(() => send('One')).toMatchObject({ _tag: 'Accepted' })
    stop.abort()
    expect(await send('Two')).toMatchObject({ _tag: 'Retry' })
  })

  it('is not connected with a wrong password', async () => {
    const peer = await smsc()
    const account = {
      workspace: 'acme',
      id: 'sms',
      name: 'SMS',
      settings: { ...settings, password: 'wrong', port: peer.port },
    }
    const sink = {} as Parameters<NonNullable<ReturnType<typeof smpp>['connect']>>[1]
    const context = { signal: AbortSignal.timeout(20_000), now: Date.now }
    await expect(smpp().connect?.(account, sink, context)).rejects.toThrow('refuses the bind: 0xe')
  })

  const account = { workspace: 'acme', id: 'sms', name: 'SMS', settings: { ...settings, port: 2775 } }
  const wires = { text: ({ text }: SmppWire) => text, size: (wire: SmppWire) => bodyOfPart(wire).length, limit: 160 }
  const harness = { account, address: '+14155552671', wires, runs: 50 }
  for (const each of channelCases(smpp(), harness)) it(titleOf(each), each.run)
})
