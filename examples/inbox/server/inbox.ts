import { mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { scriptedBot } from '@guichet/bot-scripted'
import { email } from '@guichet/channel-email'
import { livechat } from '@guichet/channel-livechat'
import { createEngine, type Engine } from '@guichet/engine'
import { fileBlobs } from '@guichet/engine/node'
import { sqlite } from '@guichet/storage-sqlite'
import { createAdaptorServer } from '@hono/node-server'
import { webApp } from './api/app.ts'
import { type MovableClock, movableClock, shiftIn } from './clock.ts'
import { listen, portOf } from './listen.ts'
import { startMailbox } from './mailbox/mailbox.ts'
import { secretIn } from './secret.ts'
import { seedShop } from './seed/seed.ts'
import type { InboxSettings } from './settings.ts'
import { assistant } from './shop/assistant.ts'
import { openShop, workspaceId } from './shop.ts'
import { stage } from './stage.ts'
import { translatorFrom } from './translator.ts'

export interface Inbox {
  readonly url: string
  /** Where the engine receives mail. */
  readonly smtpPort: number
  readonly engine: Engine
  /** The engine's time. */
  readonly clock: MovableClock
  readonly close: () => Promise<void>
}

const complain = ({ where, error }: { readonly where: string; readonly error: unknown }): void =>
  console.error(`[${where}]`, error instanceof Error ? error.message : error)

/** The whole host in one process: engine, channels, web server, and the mailbox of the shop's customers. */
export const startInbox = async (settings: InboxSettings): Promise<Inbox> => {
  const { dataDir, host } = settings
  mkdirSync(dataDir, { recursive: true })
  const secret = secretIn(join(dataDir, 'secret'))
  const ahead = shiftIn(join(dataDir, 'clock'))
  const clock = movableClock(ahead.read())
  const chat = livechat()
  const mail = email({ listen: { host, port: settings.smtpPort } })
  const engine = await createEngine({
    storage: sqlite({ file: join(dataDir, 'inbox.db') }),
    channels: { email: mail, livechat: chat },
    blobs: fileBlobs(join(dataDir, 'files')),
    bots: { [assistant.name]: scriptedBot(assistant) },
    translator: settings.translator ?? translatorFrom({}),
    clock,
    onError: complain,
  })
  const smtpPort = (): number => {
    const open = mail.server.address()
    if (open === undefined)
      throw new Error(`mail cannot be received on port ${settings.smtpPort}: set SMTP_PORT to a free one`)
    return open.port
  }
  const mailbox = await startMailbox({
    file: join(dataDir, 'mailbox.db'),
    host,
    smtp: () => ({ host, port: smtpPort() }),
  })
  const workspace = engine.workspace(workspaceId)
  const stopping = new AbortController()
  const app = webApp({
    workspace,
    mailbox,
    stage: stage({ clock, keep: ahead.keep, provider: mailbox.takes }),
    clock,
    pages: settings.pages,
    stopping: stopping.signal,
  })
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  const detach = chat.attach(server)
  const close = async () => {
    stopping.abort()
    server.close()
    await engine.close()
    detach()
    server.closeAllConnections()
    await mailbox.close()
  }
  try {
    await listen(server, settings.port, host)
    const port = portOf(server)
    const url = `http://${host}:${port}`
    const origins = [...new Set([url, `http://127.0.0.1:${port}`, `http://localhost:${port}`])]
    await openShop(workspace, {
      mailbox: { host, port: mailbox.port },
      origins,
      secret,
      bots: settings.bots ? [assistant.name] : [],
    })
    smtpPort()
    if (settings.seed) await seedShop({ dataDir, workspace, engine, mailbox, clock, url, secret })
    return { url, smtpPort: smtpPort(), engine, clock, close }
  } catch (error) {
    await close()
    throw error
  }
}
