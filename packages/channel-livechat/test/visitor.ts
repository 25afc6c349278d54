import { WebSocket as NodeWebSocket } from 'ws'
import { chatIn } from '../src/client/chat.ts'
import type { Environment } from '../src/client/environment.ts'
import type { Chat, ChatMessage, ChatOptions } from '../src/client/types.ts'
import { until } from './server.ts'

/** A browser's storage, kept across pages and shared by tabs. */
export const memoryStorage = () => {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}

/** A page with the real client in it, over real sockets; what the browser would tell it is told by the test. */
export const openPage = (
  base: string,
  options: Partial<ChatOptions> & { readonly environment?: Partial<Environment> } = {},
) => {
  const { environment, ...rest } = options
  const page = new EventTarget()
  const sockets: Array<WebSocket> = []
  const heard: Array<ChatMessage> = []
  const errors: Array<string> = []
  const document = Object.assign(new EventTarget(), {
    visibilityState: 'visible' as const,
    title: 'Shop',
    referrer: '',
  })
  const chat: Chat = chatIn(
    {
      WebSocket: class extends NodeWebSocket {
        constructor(url: string) {
          super(url)
          sockets.push(this as never)
        }
      } as never,
      // No pause before it comes back: the tests wait for what happens, not for time.
      random: () => 0,
      addEventListener: (name, listener) => page.addEventListener(name, listener),
      removeEventListener: (name, listener) => page.removeEventListener(name, listener),
      document: document as never,
      location: { href: 'https://shop.example/cart' },
      ...environment,
    },
    { server: base, account: 'acme/site', storage: memoryStorage(), ...rest },
  )
  chat.on('message', (message) => heard.push(message))
  chat.on('error', ({ code }) => errors.push(code))
  return {
    chat,
    sockets: sockets as ReadonlyArray<WebSocket>,
    /** What was announced as new. */
    heard: heard as ReadonlyArray<ChatMessage>,
    errors: errors as ReadonlyArray<string>,
    fire: (name: 'online' | 'offline') => page.dispatchEvent(new Event(name)),
    document,
    texts: () => chat.state.messages.map((message) => message.text),
    online: () =>
      until(() => chat.state.status === 'online', `online, but it is ${chat.state.status}: ${errors.join()}`),
    settled: () =>
      until(
        () => chat.state.status === 'online' && chat.state.messages.every((message) => message.seq !== undefined),
        'everything sent',
      ),
  }
}

export type Page = ReturnType<typeof openPage>
