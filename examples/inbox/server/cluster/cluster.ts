import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { listen, portOf } from '../listen.ts'
import { openPostOffice } from '../mailbox/post-office.ts'
import { openMailStore } from '../mailbox/store.ts'
import { sceneryIn } from '../scenery.ts'
import { mailFront, webFront } from './front.ts'
import { joinWhileWell } from './health.ts'
import { keepRunning, type Node, type Reachable } from './node.ts'
import { makePool } from './pool.ts'

export interface ClusterSettings {
  readonly databaseUrl: string
  /** What the processes share beside the database: attachments, keys, the customers' mailbox. */
  readonly dataDir: string
  readonly host: string
  /** Of the front, which is all that the world knows of. */
  readonly port: number
  readonly smtpPort: number
  /** Where the customers' mail server is; one of the cluster's own when not said. */
  readonly mailboxPort?: number
  /** Of the processes, one each. */
  readonly nodePorts: ReadonlyArray<number>
  /** What the processes are told beside, as `npm start` is. */
  readonly env: NodeJS.ProcessEnv
}

export interface Cluster {
  readonly url: string
  /** Where the cluster receives mail. */
  readonly smtpPort: number
  readonly nodes: ReadonlyArray<Node>
  readonly close: () => Promise<void>
}

/** Several processes of the example on one database, behind one port for the web and one for mail. */
export const startCluster = async (settings: ClusterSettings): Promise<Cluster> => {
  const { dataDir, host, nodePorts } = settings
  mkdirSync(dataDir, { recursive: true })
  // The customers' provider is none of ours: it stands outside, and does not fall with any of the processes.
  const scenery = sceneryIn(join(dataDir, 'scenery.json'))
  const store = openMailStore(join(dataDir, 'mailbox.db'))
  const postOffice =
    settings.mailboxPort === undefined
      ? await openPostOffice({ store, host, takes: () => scenery.read().mail })
      : undefined
  const pool = makePool<Reachable>()
  const web = webFront(pool, host)
  const mail = mailFront(pool, host)
  const running: Array<Promise<Node>> = []
  const close = async () => {
    await Promise.all((await Promise.allSettled(running)).map((one) => one.status === 'fulfilled' && one.value.stop()))
    web.close()
    web.closeAllConnections()
    mail.close()
    await postOffice?.close()
    store.close()
  }
  try {
    await listen(web, settings.port, host)
    await listen(mail, settings.smtpPort, host)
    const places = [host, '127.0.0.1', 'localhost'].flatMap((name) =>
      [portOf(web), ...nodePorts].map((port) => `http://${name}:${port}`),
    )
    for (const port of nodePorts) {
      const env = {
        ...settings.env,
        DATABASE_URL: settings.databaseUrl,
        DATA_DIR: dataDir,
        HOST: host,
        PORT: String(port),
        SMTP_PORT: '0',
        MAILBOX_PORT: String(settings.mailboxPort ?? postOffice?.port),
        ORIGINS: places.join(' '),
        PROXIES: '1',
        LEAVE_MS: '1000',
      }
      running.push(keepRunning(env, joinWhileWell(pool, host)))
    }
    const nodes = await Promise.all(running)
    return { url: `http://${host}:${portOf(web)}`, smtpPort: portOf(mail), nodes, close }
  } catch (error) {
    await close()
    throw error
  }
}
