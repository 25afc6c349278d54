import { afterEach, beforeEach, vi } from 'vitest'
import { memoryDesk, type MemoryDesk } from './memory-desk.ts'
import { settings, start, type Started, until } from './server.ts'
import { openPage } from './visitor.ts'

export const identitySecret = 'the key that the shop signs its customers with'

export interface ClientSite {
  readonly page: typeof openPage
  readonly desk: () => MemoryDesk
  readonly host: () => Started
  /** Of the first visitor who wrote. */
  readonly addressOf: () => Promise<string>
}

/** A site with live chat and its desk, fresh for each test, and the pages that are opened on it: all gone afterwards. */
export const clientSite = (): ClientSite => {
  let desk: MemoryDesk
  let host: Started
  let pages: Array<ReturnType<typeof openPage>>
  beforeEach(async () => {
    pages = []
    desk = memoryDesk()
    // A page in Node sends no Origin; what origins do is tested where the sockets are.
    host = await start(desk.sink, settings({ origins: [], allowNoOrigin: true, identitySecret }))
  })
  afterEach(async () => {
    vi.useRealTimers()
    for (const opened of pages) opened.chat.destroy()
    await host.stop()
  })
  const page: typeof openPage = (...args) => {
    const opened = openPage(...args)
    pages.push(opened)
    return opened
  }
  return {
    page,
    desk: () => desk,
    host: () => host,
    addressOf: async () => {
      await until(() => desk.addresses().length > 0, 'a visitor who wrote')
      return desk.addresses()[0] as string
    },
  }
}
