import type { Storage } from '@guichet/engine/ports'
import { expect } from 'vitest'
import { openDesk } from '../../../../tooling/channels/desk.ts'
import { smpp, type SmppOptions } from '../../src/index.ts'
import { now } from './provider.ts'
import { settings, smsc } from './smsc.ts'

/** An SMSC, an engine, and an account of the one with the other. It is `now`. */
export const smppTown = async (options: SmppOptions = {}, storage?: Storage) => {
  const peer = await smsc()
  const desk = await openDesk({ channels: { 'sms-smpp': smpp({ reopenMs: 10, ...options }) }, now, storage })
  const { put, messages, answer } = desk
  const add = async (id: string, more: object = {}): Promise<void> => {
    const bound = peer.sessions.length
    await put({ id, channel: 'sms-smpp', settings: { ...settings, port: peer.port, ...more } })
    await expect.poll(() => peer.sessions.length).toBe(bound + 1)
  }
  await add('sms')
  const texts = async () =>
    (await messages()).map(({ parts }) => parts.flatMap((part) => (part._tag === 'Text' ? [part.text] : [])).join(' '))
  const reply = async (text: string): Promise<void> => expect(await answer(text)).toMatchObject({ ok: true })
  /** The connection ends, and is there again. */
  const reconnect = async (): Promise<void> => {
    const bound = peer.sessions.length
    peer.sessions.at(-1)?.destroy()
    await expect.poll(() => peer.sessions.length).toBe(bound + 1)
  }
  return { ...desk, peer, add, texts, reply, reconnect }
}
