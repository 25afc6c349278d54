import { mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { scriptedBot } from '@guichet/bot-scripted'
import { email } from '@guichet/channel-email'
import { livechat } from '@guichet/channel-livechat'
import { createEngine, type Engine } from '@guichet/engine'
import { fileBlobs } from '@guichet/engine/node'
import { createAdaptorServer } from '@hono/node-server'
import { webApp } from './api/app.ts'
import { type MovableClock, movableClock } from './clock.ts'
import { makeHealth } from './health.ts'
import { inTurn } from './in-turn.ts'
import { listen, portOf } from './listen.ts'
import { makeLooks } from './looks.ts'
import { openMailbox } from './mailbox/mailbox.ts'
import { openPostOffice } from './mailbox/post-office.ts'
import { openMailStore } from './mailbox/store.ts'
import { sceneryIn } from './scenery.ts'
import { secretIn } from './secret.ts'
import { seedShop } from './seed/seed.ts'
import type { InboxSettings } from './settings.ts'
import { assistant } from './shop/assistant.ts'
import { openShop, workspaceId } from './shop.ts'
import { stage } from './stage.ts'
import { storageFor } from './storage.ts'
import { talkOver } from './talk.ts'
import { translatorFrom } from './translator.ts'

export interface Inbox {
  readonly url: string
  /** Where the engine receives mail. */
  readonly smtpPort: number
  readonly engine: Engine
  /** The engine's time. */
  readonly clock: MovableClock
  /** Resolves when nobody is sent here any more; until it is closed, it serves. */
  readonly leave: () => Promise<void>
  readonly close: () => Promise<void>
}

const complain = ({ where, error }: { readonly where: string; readonly error: unknown }): void =>
  console.error(`[${where}]`, error instanceof Error ? error.message : error)

const open = async (settings: InboxSettings): Promise<Inbox> => {
  const { dataDir, host } = settings
  mkdirSync(dataDir, { recursive: true })
  const secret = secretIn(join(dataDir, 'secret'))
  const scenery = sceneryIn(join(dataDir, 'scenery.json'))
  const clock = movableClock(scenery.read().ahead)
  const chat = livechat({ uploads: fileBlobs(join(dataDir, 'uploads')) })
  const mail = email({ listen: { host, port: settings.smtpPort } })
  const storage = storageFor(settings)
  const engine = await createEngine({
    storage,
    channels: { email: mail, livechat: chat },
    blobs: fileBlobs(join(dataDir, 'files')),
    bots: { [assistant.name]: scriptedBot(assistant) },
    translator: settings.translator ?? translatorFrom({}),
    clock,
    onError: complain,
  })
  const smtpPort = (): number => {
    const address = mail.server.address()
    if (address === undefined)
      throw new Error(`mail cannot be received on port ${settings.smtpPort}: set SMTP_PORT to a free one`)
    return address.port
  }
  const store = openMailStore(join(dataDir, 'mailbox.db'))
  const postOffice =
    settings.mailboxPort === undefined
      ? await openPostOffice({ store, host, takes: () => scenery.read().mail })
      : undefined
  const mailbox = openMailbox({ store, smtp: () => ({ host, port: smtpPort() }) })
  const workspace = engine.workspace(workspaceId)
  const stopping = new AbortController()
  const looks = makeLooks(talkOver(storage))
  const set = stage({ clock, scenery })
  const health = makeHealth(settings.leaveMs ?? 0)
  const app = webApp({
    workspace,
    mailbox,
    stage: set,
    looks,
    clock,
    health,
    pages: settings.pages,
    stopping: stopping.signal,
  })
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  const detach = chat.attach(server, { trustProxy: settings.proxies ?? 0 })
  const close = async () => {
    stopping.abort()
    set.close()
    server.close()
    await engine.close()
    detach()
    server.closeAllConnections()
    await postOffice?.close()
    store.close()
  }
  try {
    await listen(server, settings.port, host)
    const port = portOf(server)
    const url = `http://${host}:${port}`
    const origins = [url, `http://127.0.0.1:${port}`, `http://localhost:${port}`, ...(settings.origins ?? [])]
    await openShop(workspace, {
      mailbox: { host, port: settings.mailboxPort ?? postOffice?.port ?? 0 },
      origins: [...new Set(origins)].sort(),
      secret,
      bots: settings.bots ? [assistant.name] : [],
    })
    smtpPort()
    if (settings.seed) await seedShop({ dataDir, workspace, engine, mailbox, clock, url, secret })
    return { url, smtpPort: smtpPort(), engine, clock, leave: health.leave, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The whole host in one process: engine, channels, web server, and the mailbox of the shop's customers. */
export const startInbox = (settings: InboxSettings): Promise<Inbox> =>
  inTurn(settings.databaseUrl, () => open(settings))
