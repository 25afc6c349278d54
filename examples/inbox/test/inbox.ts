import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { startInbox } from '../server/inbox.ts'
import { buildPages } from './pages.ts'

export interface Answer<A = any> {
  readonly status: number
  readonly body: A
}

/** The real host in this process, on free ports and in a folder of its own. */
export const testInbox = async (
  options: { readonly pages?: boolean; readonly seed?: boolean; readonly bots?: boolean } = {},
) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-inbox-'))
  const pages = options.pages === true ? await buildPages() : dataDir
  const inbox = await startInbox({
    dataDir,
    host: '127.0.0.1',
    port: 0,
    smtpPort: 0,
    seed: options.seed ?? false,
    // The story is told with the assistant; a test that writes in the chat mostly means to reach people.
    bots: options.bots ?? options.seed ?? false,
    pages,
  })
  const call = async (path: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(`${inbox.url}${path}`, init)
    return { status: response.status, body: await response.json() }
  }
  const get = (path: string) => call(path)
  const post = (path: string, body: unknown) =>
    call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const transport = createTransport({ host: '127.0.0.1', port: inbox.smtpPort, secure: false, ignoreTLS: true })
  return {
    ...inbox,
    /** Where its pages were built. */
    pages,
    get,
    post,
    /** A mail of a customer's own mail program, by SMTP. */
    mail: (from: string, subject: string, text: string, answers?: string) =>
      transport.sendMail({
        from,
        to: 'support@guichet.test',
        subject,
        text,
        ...(answers === undefined ? {} : { inReplyTo: answers, references: answers }),
      }),
    /** The newest conversation that this agent sees. */
    newest: async (as = 'ana'): Promise<{ readonly id: string; readonly [key: string]: any }> => {
      const { body } = await get(`/api/conversations?tab=all&as=${as}`)
      return body.items[0]
    },
    stop: async () => {
      transport.close()
      await inbox.close()
      rmSync(dataDir, { recursive: true, force: true })
      if (pages !== dataDir) rmSync(pages, { recursive: true, force: true })
    },
  }
}

export type TestInbox = Awaited<ReturnType<typeof testInbox>>
