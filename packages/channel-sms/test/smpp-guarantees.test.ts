import { memoryStorage } from '@guichet/engine/memory'
import { describe, expect, it } from 'vitest'
import { timelineOf } from '../../../tooling/channels/desk.ts'
import { mortal } from '../../../tooling/stores/mortal.ts'
import { now } from './support/provider.ts'
import { smppTown } from './support/smpp-town.ts'

const hour = 3_600_000

const receipt = (id: string, stat: string): object => ({
  esm_class: 4,
  short_message: `id:${id} sub:001 dlvrd:001 submit date:2511221158 done date:2511221159 stat:${stat} err:000 text:It`,
  data_coding: 0,
})

const half = (index: number, message: string): object => ({
  esm_class: 0x40,
  short_message: { udh: Buffer.from([5, 0, 3, 7, 2, index]), message },
  data_coding: 0,
})

describe('SMS by SMPP', () => {
  it('G02 what comes again because its answer was lost with the connection is stored once', async () => {
    const { peer, texts, reconnect } = await smppTown()
    // The SMSC has the answer in its buffer, and never reads it.
    peer.sessions[0]?.pause()
    void peer.says('yes')
    await expect.poll(texts).toEqual(['yes'])
    await reconnect()
    expect(await peer.says('yes')).toBe(0)
    expect(await texts()).toEqual(['yes'])
    expect(await peer.says('yes')).toBe(0)
    expect(await texts()).toEqual(['yes', 'yes'])
  })

  it('G02 the same goes for each part of a long message', async () => {
    const { peer, texts, reconnect } = await smppTown()
    peer.sessions[0]?.pause()
    void peer.deliver(half(1, 'Where '))
    void peer.deliver(half(2, 'is it?'))
    await expect.poll(texts).toEqual(['Where is it?'])
    await reconnect()
    expect(await Promise.all([peer.deliver(half(2, 'is it?')), peer.says('Hello?')])).toEqual([0, 0])
    expect(await texts()).toEqual(['Where is it?', 'Hello?'])
  })

  it('G02 what comes again may be lost once more', async () => {
    const { peer, texts, reconnect } = await smppTown()
    for (let time = 0; time < 3; time += 1) {
      peer.sessions.at(-1)?.pause()
      void peer.says('yes')
      await expect.poll(texts).toEqual(['yes'])
      await reconnect()
    }
    expect(await peer.says('yes')).toBe(0)
    expect(await texts()).toEqual(['yes'])
  })

  it('G02 what could not be stored, or perhaps was, is one message when it comes again', async () => {
    const store = memoryStorage()
    let fails = 1
    const storage = new Proxy(store, {
      get: (of, name) => {
        const member: unknown = Reflect.get(of, name)
        if (name !== 'commit' || typeof member !== 'function') return member
        return async (...given: ReadonlyArray<unknown>): Promise<unknown> => {
          const done: unknown = await Reflect.apply(member, of, given)
          // It is written, and nobody is told so.
          if (armed && fails-- > 0)
            throw Object.assign(new Error('the connection to the store ended'), { retryable: false })
          return done
        }
      },
    })
    let armed = false
    const { peer, texts } = await smppTown({}, storage)
    armed = true
    expect(await peer.says('yes')).not.toBe(0)
    expect(await peer.says('yes')).toBe(0)
    expect(await texts()).toEqual(['yes'])
    expect(await peer.says('yes')).toBe(0)
    expect(await texts()).toEqual(['yes', 'yes'])
  })

  it('G02 a customer who says the same twice is heard twice, in one session and in two', async () => {
    const { peer, texts, reconnect } = await smppTown()
    expect(await Promise.all([peer.says('yes'), peer.says('yes')])).toEqual([0, 0])
    // What is answered after it says that the SMSC has read the answer to it.
    expect(await peer.says('And now?')).toBe(0)
    expect(await peer.says('Well?')).toBe(0)
    await reconnect()
    expect(await peer.says('yes')).toBe(0)
    expect(await texts()).toEqual(['yes', 'yes', 'And now?', 'Well?', 'yes'])
  })

  it('G02 what comes later than an SMSC tries again is something new', async () => {
    const { peer, texts, reconnect, clock } = await smppTown({ againMs: hour })
    peer.sessions[0]?.pause()
    void peer.says('yes')
    await expect.poll(texts).toEqual(['yes'])
    await reconnect()
    clock.advance(hour + 1)
    expect(await peer.says('yes')).toBe(0)
    expect(await texts()).toEqual(['yes', 'yes'])
  })

  it('G04 one id of the SMSC on two accounts is two messages', async () => {
    const { peer, ana, acme, add, conversations, engine } = await smppTown()
    await peer.says('Here')
    const [first] = peer.sessions
    await add('second', { sender: '+14155550199' })
    await peer.deliver({ short_message: 'There', data_coding: 0, destination_addr: '14155550199' })
    peer.links.id = 'same'
    const items = await conversations()
    expect(items.map(({ account }) => account).toSorted()).toEqual(['second', 'sms'])
    for (const { id } of items) expect(await ana.conversations.reply(id, { text: 'Hello' })).toMatchObject({ ok: true })
    await engine.settle()
    await new Promise<void>((answered) => {
      const fields = { source_addr: '14155552671', destination_addr: '14155550100', ...receipt('same', 'DELIVRD') }
      first?.deliver_sm(fields, () => answered())
    })
    const statusOf = async (account: string) => {
      const id = items.find((one) => one.account === account)?.id ?? ''
      return (await timelineOf(engine, id)).at(-1)?.delivery?.status
    }
    expect(acme).toBeDefined()
    expect([await statusOf('sms'), await statusOf('second')]).toEqual(['delivered', 'sent'])
  })

  it('a number is read as the SMSC says that it is written', async () => {
    const { peer, add, conversations } = await smppTown()
    await add('sms', { country: 'US' })
    const senders = [
      { source_addr: '41555526710', source_addr_ton: 1 },
      { source_addr: '4155552671', source_addr_ton: 2 },
      { source_addr: '38600', source_addr_ton: 1 },
    ]
    for (const sender of senders) await peer.deliver({ ...sender, short_message: 'Hello', data_coding: 0 })
    const addresses = (await conversations()).map(({ contact }) => contact.address)
    expect(addresses.toSorted()).toEqual(['+14155552671', '+41555526710', '38600'])
  })

  it('G06 what waits at the SMSC comes with the bind, and is answered', async () => {
    const { peer, texts, reconnect } = await smppTown()
    peer.keep({ short_message: 'One', data_coding: 0 })
    peer.keep({ short_message: 'Two', data_coding: 0 })
    await reconnect()
    await expect.poll(texts).toEqual(['One', 'Two'])
    expect(await peer.says('Three')).toBe(0)
    expect(await texts()).toEqual(['One', 'Two', 'Three'])
  })

  it('G06 nothing is answered with success before it is stored, and it is stored when it comes again', async () => {
    const store = memoryStorage()
    const { storage, die } = mortal(store)
    const { peer, start } = await smppTown({}, storage)
    die()
    expect(await peer.says('Hello')).not.toBe(0)
    const heir = await start(store)
    await expect.poll(() => peer.sessions.length).toBe(2)
    expect(await peer.says('Hello')).toBe(0)
    const [conversation] = (await heir.workspace('acme').as('ana').conversations.list({ tab: 'all' })).items
    expect(await timelineOf(heir, conversation?.id ?? '')).toHaveLength(1)
  })

  it('G06 what is no text is kept with its bytes, and IA5 is no alphabet of GSM', async () => {
    const { peer, messages } = await smppTown()
    await peer.deliver({ short_message: Buffer.from([1, 2, 255]), data_coding: 4 })
    await peer.deliver({ short_message: Buffer.from('zoe_@example.org', 'latin1'), data_coding: 1 })
    await peer.deliver({ short_message: Buffer.from([0xb3, 0xd4, 0xd5]), data_coding: 6 })
    expect(await messages()).toMatchObject([
      { parts: [{ _tag: 'Unsupported', kind: 'binary' }], meta: { data: '0102ff' } },
      { parts: [{ text: 'zoe_@example.org' }] },
      { parts: [{ text: 'Где' }] },
    ])
  })

  it('G07 a burst is stored in its order, and data_sm as well', async () => {
    const { peer, texts } = await smppTown()
    const many = Array.from({ length: 30 }, (_, index) => `message ${index}`)
    expect(new Set(await Promise.all(many.map((text) => peer.says(text))))).toEqual(new Set([0]))
    const fields = { source_addr: '14155552671', destination_addr: '14155550100', data_coding: 0 }
    await new Promise<void>((answered) => {
      peer.sessions.at(-1)?.data_sm({ ...fields, message_payload: 'the last' }, () => answered())
    })
    expect(await texts()).toEqual([...many, 'the last'])
  })

  it('G07 a part that comes twice before the others is one part', async () => {
    const { peer, texts } = await smppTown()
    const parts = [half(2, 'is it?'), half(2, 'is it?'), half(1, 'Where ')]
    expect(await Promise.all(parts.map((part) => peer.deliver(part)))).toEqual([0, 0, 0])
    expect(await texts()).toEqual(['Where is it?'])
  })

  it('G08 the time is that of the arrival, and there is no window', async () => {
    const { peer, messages, ana, conversations, clock } = await smppTown()
    await peer.says('Hello')
    expect(await messages()).toMatchObject([{ sentAt: now, receivedAt: now }])
    clock.advance(1_000 * 24 * hour)
    const [conversation] = await conversations()
    expect(await ana.conversations.canSend(conversation?.id ?? '')).toEqual({ ok: true, value: { _tag: 'Yes' } })
  })

  it('G12 a reaction that comes as words is a message', async () => {
    const { peer, texts } = await smppTown()
    await peer.says('Two chairs')
    await peer.says('Liked "Two chairs"')
    expect(await texts()).toEqual(['Two chairs', 'Liked "Two chairs"'])
  })

  it('G17 what may have been sent is left in doubt, and is not sent again', async () => {
    const { peer, answer, delivery, clock, engine } = await smppTown()
    await peer.says('Hello')
    peer.scripted.push('end')
    await answer('It leaves today.')
    expect(await delivery()).toMatchObject({ status: 'uncertain' })
    await expect.poll(() => peer.sessions.length).toBe(2)
    clock.advance(24 * hour)
    await engine.settle()
    expect(peer.submitted).toHaveLength(1)
    expect(await delivery()).toMatchObject({ status: 'uncertain' })
  })

  it('G17 what was not taken is tried again, and is sent once', async () => {
    const { peer, answer, delivery, clock, engine } = await smppTown()
    await peer.says('Hello')
    peer.scripted.push(0x58)
    await answer('It leaves today.')
    expect(await delivery()).toMatchObject({ status: 'queued' })
    clock.advance(hour)
    await engine.settle()
    expect(await delivery()).toMatchObject({ status: 'sent' })
    expect(peer.submitted).toHaveLength(2)
  })

  it('G18 a receipt moves a status forward only, twice, late and on the way', async () => {
    const { peer, reply, delivery } = await smppTown()
    await peer.says('Hello')
    await reply('It leaves today.')
    const onTheWay = { ...receipt('m1', 'ENROUTE'), esm_class: 0x20 }
    for (const one of [onTheWay, receipt('m1', 'DELIVRD'), receipt('m1', 'ACCEPTD'), receipt('m1', 'DELIVRD')]) {
      expect(await peer.deliver(one)).toBe(0)
    }
    expect(await delivery()).toMatchObject({ status: 'delivered' })
  })

  it('G19 nothing leaves to who has said STOP, until it says START', async () => {
    const { peer, answer } = await smppTown()
    await peer.says('Hello')
    await peer.says('Stop')
    expect(await answer('One thing more')).toMatchObject({ ok: false })
    expect(peer.submitted).toEqual([])
    await peer.says('START')
    expect(await answer('One thing more')).toMatchObject({ ok: true })
    expect(peer.submitted).toHaveLength(1)
  })
})
