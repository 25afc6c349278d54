import { createHmac } from 'node:crypto'
import { type Chat, type ChatOptions, createChat } from '@guichet/channel-livechat/client'
import { WebSocket } from 'ws'
import type { Person } from './story.ts'

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** What the shop's own login would hand to the chat: a JSON Web Token, HS256. */
const identityToken = (person: Person, secret: string, expires: number): string => {
  const body = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64({ sub: person.id, name: person.name, email: person.email, exp: Math.floor(expires / 1000) })}`
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
}

const memory = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

/** The chat client of the shop's page, for somebody who keeps nothing on her device. */
export const chatAt = (server: string, who: Pick<ChatOptions, 'locale' | 'token'> = {}): Chat => {
  // Node has a WebSocket of its own from version 22 on.
  globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket
  return createChat({ server: `${server}/chat/v1`, account: 'shop/site', storage: memory(), ...who })
}

export interface Visitors {
  /** Writes in the chat as this customer, and resolves when the server has it. */
  readonly write: (person: Person, text: string) => Promise<void>
  readonly leave: () => void
}

/** Customers with the real chat client, as if each had the shop's page open. */
export const visitors = (server: string, secret: string): Visitors => {
  const chats = new Map<string, Chat>()
  const chatOf = (person: Person): Chat => {
    const open = chats.get(person.id)
    if (open !== undefined) return open
    const token = identityToken(person, secret, Date.now() + 86_400_000)
    const chat = chatAt(server, { locale: person.language, token })
    chats.set(person.id, chat)
    chat.connect()
    return chat
  }
  return {
    write: (person, text) =>
      new Promise((resolve, reject) => {
        const chat = chatOf(person)
        const stop = [
          chat.on('sent', () => done(resolve)),
          chat.on('error', ({ code }) => done(() => reject(new Error(`the chat refused: ${code}`)))),
        ]
        const done = (end: () => void) => {
          for (const off of stop) off()
          end()
        }
        chat.send(text)
      }),
    leave: () => {
      for (const chat of chats.values()) chat.destroy()
    },
  }
}
