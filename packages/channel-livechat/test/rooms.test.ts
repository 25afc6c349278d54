import type { PublicThread, Sink } from '@guichet/engine/ports'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { manualClock } from './manual-clock.ts'
import { memoryDesk, type MemoryDesk } from './memory-desk.ts'
import { dial, enter, openSession, settings, start, until, type Started } from './server.ts'

/** A sink whose next read is done at once and answered when the test says so: what happens in between is not in it. */
const holding = (sink: Sink) => {
  let hold = false
  let answer: (() => void) | undefined
  return {
    sink: {
      ...sink,
      thread: async (...asked: Parameters<Sink['thread']>): Promise<PublicThread | undefined> => {
        const found = await sink.thread(...asked)
        if (!hold) return found
        hold = false
        await new Promise<void>((resolve) => {
          answer = resolve
        })
        return found
      },
    },
    holdNext: (): void => {
      hold = true
    },
    held: () => answer !== undefined,
    release: (): void => answer?.(),
  }
}

let desk: MemoryDesk
let held: ReturnType<typeof holding>
let host: Started
beforeEach(async () => {
  desk = memoryDesk()
  held = holding(desk.sink)
  host = await start(held.sink)
})
afterEach(() => host.stop())

it('G45 a message that is stored while the only socket is being greeted is pushed after the welcome', async () => {
  const session = await openSession(host.base)
  const peer = dial(host.base)
  await peer.open
  held.holdNext()
  peer.tell({ type: 'hello', sessionToken: session.sessionToken, lastSeq: 0 })
  await until(held.held)
  desk.reply(session.visitorId, 'in between')
  held.release()
  expect((await peer.next('welcome')).messages).toEqual([])
  expect((await peer.next('message')).message).toMatchObject({ text: 'in between', seq: 1, prev: 0 })
})

it('G45 a message that the other tabs were pushed meanwhile is part of the welcome', async () => {
  const one = await enter(host.base)
  desk.reply(one.address, 'before')
  await one.next('message')
  const two = dial(host.base)
  await two.open
  held.holdNext()
  two.tell({ type: 'hello', sessionToken: one.session.sessionToken, lastSeq: 0 })
  await until(held.held)
  desk.reply(one.address, 'in between')
  await one.next('message')
  held.release()
  expect((await two.next('welcome')).messages.map((message) => [message.text, message.prev])).toEqual([
    ['before', 0],
    ['in between', 1],
  ])
  desk.reply(one.address, 'after')
  expect((await two.next('message')).message).toMatchObject({ text: 'after', prev: 2 })
  expect(two.frames.map((frame) => frame.type)).toEqual(['welcome', 'message'])
})

it('G45 so many meanwhile that they are no longer at hand are fetched', async () => {
  const one = await enter(host.base)
  const two = dial(host.base)
  await two.open
  desk.reply(one.address, '1')
  await one.next('message')
  held.holdNext()
  two.tell({ type: 'hello', sessionToken: one.session.sessionToken, lastSeq: 0 })
  await until(held.held)
  for (let n = 2; n <= 80; n += 1) {
    desk.reply(one.address, `${n}`)
    await one.next('message')
  }
  held.release()
  const welcome = await two.next('welcome')
  expect([welcome.messages.length, welcome.more]).toEqual([1, true])
  two.tell({ type: 'fetch', after: 1 })
  const page = await two.next('page')
  expect([page.messages.length, page.more]).toEqual([79, false])
})

it('a store that was down when something changed is read when it is back', async () => {
  const clock = manualClock()
  const patient = await start(desk.sink, settings(), { clock })
  const one = await enter(patient.base)
  let asked = 0
  desk.delay(async () => {
    asked += 1
  })
  desk.breakStore(true)
  desk.reply(one.address, 'unseen so far')
  await until(() => asked === 1)
  await new Promise((resolve) => setImmediate(resolve))
  desk.breakStore(false)
  clock.advance(1_000)
  expect((await one.next('message')).message).toMatchObject({ text: 'unseen so far' })
  await patient.stop()
})
