import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { inject } from 'vitest'
import { freshDatabase } from '../../../tooling/postgres/fresh-database.ts'
import { startCluster } from '../server/cluster/cluster.ts'
import { passOn } from '../server/cluster/pass-on.ts'
import { listen, portOf } from '../server/listen.ts'
import { openPostOffice } from '../server/mailbox/post-office.ts'
import { openMailStore } from '../server/mailbox/store.ts'
import { freePorts } from './free-port.ts'
import type { Answer } from './inbox.ts'
import { buildPages } from './pages.ts'

const host = '127.0.0.1'

/** A door before a port that can be kept shut: who comes meanwhile waits, as before a provider that says nothing. */
const openDoor = async (to: () => number) => {
  let shut = false
  const waiting = new Set<Socket>()
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('close', () => waiting.delete(socket))
    if (shut) waiting.add(socket)
    else passOn(socket, host, [to()])
  })
  await listen(server, 0, host)
  return {
    port: portOf(server),
    waiting: () => waiting.size,
    shut: () => {
      shut = true
    },
    open: () => {
      shut = false
      for (const socket of waiting) passOn(socket, host, [to()])
      waiting.clear()
    },
    close: () => server.close(),
  }
}

export const callOn = async (url: string, path: string, body?: object): Promise<Answer> => {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(`${url}${path}`, body === undefined ? {} : post)
  return { status: response.status, body: await response.json() }
}

/** Three real processes on a database of their own, and their front in this process. */
export const testCluster = async () => {
  const database = await freshDatabase(inject('databaseUrl'))
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-cluster-'))
  const pages = await buildPages()
  const store = openMailStore(join(dataDir, 'mailbox.db'))
  const postOffice = await openPostOffice({ store, host, takes: () => true })
  const provider = await openDoor(() => postOffice.port)
  const cluster = await startCluster({
    databaseUrl: database.url,
    dataDir,
    host,
    port: 0,
    smtpPort: 0,
    mailboxPort: provider.port,
    nodePorts: await freePorts(3),
    env: { ...process.env, SEED: '0', BOTS: '0', PAGES_DIR: pages },
  })
  const transport = createTransport({ host, port: cluster.smtpPort, secure: false, ignoreTLS: true })
  return {
    ...cluster,
    provider,
    mails: store,
    /** A mail of a customer's own mail program, to whichever process has its turn. */
    mail: (from: string, subject: string, text: string) =>
      transport.sendMail({ from, to: 'support@guichet.test', subject, text }),
    signal: (node: number, signal: NodeJS.Signals) => process.kill(cluster.nodes[node]?.pid() ?? 0, signal),
    stop: async () => {
      transport.close()
      await cluster.close()
      provider.close()
      await postOffice.close()
      store.close()
      await database.drop()
      for (const folder of [dataDir, pages]) rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type TestCluster = Awaited<ReturnType<typeof testCluster>>
