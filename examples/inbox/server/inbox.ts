import { mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { scriptedBot } from '@guichet/bot-scripted'
import { email } from '@guichet/channel-email'
import { livechat } from '@guichet/channel-livechat'
import { messenger } from '@guichet/channel-messenger'
import { twilio } from '@guichet/channel-sms'
import { whatsApp } from '@guichet/channel-whatsapp'
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
import { afterwards } from './phone/afterwards.ts'
import { openPhone } from './phone/phone.ts'
import { openProviders, providerRoutes } from './phone/providers.ts'
import { publicFiles } from './phone/public-files.ts'
import { openPhoneStore } from './phone/store.ts'
import { subscriptionsBy } from './phone/subscriptions.ts'
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
import { webhooks } from './webhooks.ts'

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
  const blobs = fileBlobs(join(dataDir, 'files'))
  // Where it is 0, the system chooses.
  let port = settings.port
  // Providers are told one address, whichever process they then reach.
  const publicUrl = () => settings.origins?.[0] ?? `http://${host}:${port}`
  const files = publicFiles({ blobs, secret, url: publicUrl })
  const channels = {
    email: mail,
    livechat: chat,
    'sms-twilio': twilio({ publicLink: files.link }),
    whatsapp: whatsApp(),
    messenger: messenger(),
  }
  const engine = await createEngine({
    storage,
    channels,
    blobs,
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
  const phoneStore = openPhoneStore(join(dataDir, 'phones.db'))
  const subscriptions = subscriptionsBy(secret)
  const carrying = afterwards((error) => complain({ where: 'a provider of the telephone', error }))
  const providers = openProviders(
    { store: phoneStore, subscriptions, clock, url: publicUrl, later: carrying.start },
    { works: (line) => scenery.read()[line], travel: () => scenery.read().travel },
  )
  const phone = openPhone({ store: phoneStore, providers, clock })
  const workspace = engine.workspace(workspaceId)
  const stopping = new AbortController()
  const looks = makeLooks(talkOver(storage))
  const set = stage({ clock, scenery })
  const health = makeHealth(settings.leaveMs ?? 0)
  const app = webApp({
    workspace,
    channels,
    mailbox,
    phone,
    carriers: [providerRoutes(providers), webhooks(engine, publicUrl), files.routes],
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
    await carrying.done()
    detach()
    server.closeAllConnections()
    await postOffice?.close()
    store.close()
    phoneStore.close()
  }
  try {
    await listen(server, settings.port, host)
    port = portOf(server)
    const url = `http://${host}:${port}`
    const origins = [url, `http://127.0.0.1:${port}`, `http://localhost:${port}`, ...(settings.origins ?? [])]
    await openShop(workspace, {
      mailbox: { host, port: settings.mailboxPort ?? postOffice?.port ?? 0 },
      origins: [...new Set(origins)].sort(),
      secret,
      bots: settings.bots ? [assistant.name] : [],
      subscriptions,
      url: publicUrl(),
    })
    smtpPort()
    if (settings.seed) await seedShop({ dataDir, workspace, engine, mailbox, clock, url, secret })
    return { url, smtpPort: smtpPort(), engine, clock, leave: health.leave, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The whole host in one process: engine, channels, web server, and the mailbox and telephones of the shop's customers. */
export const startInbox = (settings: InboxSettings): Promise<Inbox> =>
  inTurn(settings.databaseUrl, () => open(settings))
