import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { email } from '@guichet/channel-email'
import { livechat } from '@guichet/channel-livechat'
import { createEngine, type Engine } from '@guichet/engine'
import { fileBlobs } from '@guichet/engine/node'
import { sqlite } from '@guichet/storage-sqlite'
import { createAdaptorServer } from '@hono/node-server'
import type { Server } from 'node:http'
import { webApp } from './api/app.ts'
import { movableClock } from './clock.ts'
import { listen, portOf } from './listen.ts'
import { startMailbox } from './mailbox/mailbox.ts'
import { seedShop } from './seed/seed.ts'
import type { InboxSettings } from './settings.ts'
import { openShop, workspaceId } from './shop.ts'

export interface Inbox {
  readonly url: string
  readonly engine: Engine
  readonly close: () => Promise<void>
}

/** The whole host in one process: engine, channels, web server, and the mailbox of the shop's customers. */
export const startInbox = async (settings: InboxSettings): Promise<Inbox> => {
  mkdirSync(settings.dataDir, { recursive: true })
  const clock = movableClock()
  const chat = livechat()
  const engine = await createEngine({
    storage: sqlite({ file: join(settings.dataDir, 'inbox.db') }),
    channels: { email: email({ listen: { host: settings.host, port: settings.smtpPort } }), livechat: chat },
    blobs: fileBlobs(join(settings.dataDir, 'files')),
    clock,
    onError: ({ where, error }) => console.error(`[${where}]`, error instanceof Error ? error.message : error),
  })
  const mailbox = await startMailbox({
    file: join(settings.dataDir, 'mailbox.db'),
    host: settings.host,
    smtp: { host: settings.host, port: settings.smtpPort },
  })
  const workspace = engine.workspace(workspaceId)
  const stopping = new AbortController()
  const app = webApp({ workspace, mailbox, stopping: stopping.signal })
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  chat.attach(server)
  const close = async () => {
    stopping.abort()
    server.close()
    server.closeAllConnections()
    await engine.close()
    await mailbox.close()
  }
  try {
    await openShop(workspace, { host: settings.host, port: mailbox.port })
    await listen(server, settings.port, settings.host)
    const url = `http://${settings.host}:${portOf(server)}`
    if (settings.seed) await seedShop({ dataDir: settings.dataDir, workspace, engine, mailbox, clock, url })
    return { url, engine, close }
  } catch (error) {
    await close()
    throw error
  }
}
