import type { AgentSession } from '@guichet/engine'
import type { Receipt } from '@guichet/engine/ports'
import { assert } from '../../assert.ts'
import type { LoopbackEvent } from '../../channel/loopback-protocol.ts'
import { type Office, granted } from '../office.ts'

type Message = Extract<LoopbackEvent, { readonly type: 'message' }>

/** What a sender can be on the wire. */
export type From = Message['from']

/** A message from somebody of whom more is known than an address. */
export const messageFrom = (from: From, text: string, more: Partial<Message> = {}): LoopbackEvent => ({
  type: 'message',
  from,
  text,
  id: crypto.randomUUID(),
  ...more,
})

/** The contact that a stored message came from, as a manager sees it. */
export const contactOf = async (office: Office, receipt: Receipt | undefined): Promise<string> => {
  assert(receipt?._tag === 'Stored', `not stored: ${JSON.stringify(receipt)}`)
  return granted(await office.as('mia').get(receipt.conversation)).contact.id
}

/** Delivers a message of somebody and answers who that is. */
export const writes = async (office: Office, account: string, from: From, text = 'Hello'): Promise<string> => {
  const [receipt] = await office.deliver(account, messageFrom(from, text))
  return contactOf(office, receipt)
}

/** Acting in an office, with more than its conversations. */
export const session = (office: Office, agent: string): AgentSession => office.workspace.as(agent)
