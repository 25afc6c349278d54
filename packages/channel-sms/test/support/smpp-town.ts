import { createEngine, type Engine } from '@guichet/engine'
import { manualClock, memoryStorage } from '@guichet/engine/memory'
import type { Storage } from '@guichet/engine/ports'
import { expect, onTestFinished } from 'vitest'
import { smpp, type SmppOptions } from '../../src/index.ts'
import { now } from './provider.ts'
import { settings, smsc } from './smsc.ts'
import { timelineOf } from './town.ts'

/** An SMSC, an engine on a memory store, and an account of the one with the other. It is `now`. */
export const smppTown = async (options: SmppOptions = {}, storage: Storage = memoryStorage()) => {
  const peer = await smsc()
  const clock = manualClock(now)
  const start = async (on: Storage): Promise<Engine> => {
    const started = await createEngine({
      storage: on,
      channels: { 'sms-smpp': smpp({ reopenMs: 10, ...options }) },
      clock,
      random: () => 0.5,
      onError: () => {},
    })
    onTestFinished(() => started.close())
    return started
  }
  const engine = await start(storage)
  const acme = engine.workspace('acme')
  await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
  await acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['support'] })
  const add = async (id: string, more: object = {}): Promise<void> => {
    const bound = peer.sessions.length
    const given = { id, channel: 'sms-smpp', queue: 'support', settings: { ...settings, port: peer.port, ...more } }
    expect(await acme.accounts.put(given)).toMatchObject({ ok: true })
    await expect.poll(() => peer.sessions.length).toBe(bound + 1)
  }
  await add('sms')
  const ana = acme.as('ana')
  const conversations = async () => (await ana.conversations.list({ tab: 'all' })).items
  const messages = async () => timelineOf(engine, (await conversations())[0]?.id ?? '')
  const texts = async () =>
    (await messages()).map(({ parts }) => parts.flatMap((part) => (part._tag === 'Text' ? [part.text] : [])).join(' '))
  const answer = async (text: string) => {
    const sent = await ana.conversations.reply((await conversations())[0]?.id ?? '', { text })
    await engine.settle()
    return sent
  }
  const reply = async (text: string): Promise<void> => expect(await answer(text)).toMatchObject({ ok: true })
  const delivery = async () => (await messages()).findLast(({ direction }) => direction === 'out')?.delivery
  /** The connection ends, and is there again. */
  const reconnect = async (): Promise<void> => {
    const bound = peer.sessions.length
    peer.sessions.at(-1)?.destroy()
    await expect.poll(() => peer.sessions.length).toBe(bound + 1)
  }
  return {
    peer,
    engine,
    acme,
    ana,
    clock,
    start,
    add,
    conversations,
    messages,
    texts,
    answer,
    reply,
    delivery,
    reconnect,
  }
}
