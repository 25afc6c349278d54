import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createTransport } from 'nodemailer'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort } from './free-port.ts'

const here = fileURLToPath(new URL('..', import.meta.url))
const mails = 2000
/** Not so many that SMTP's own limits answer, enough to keep the committer busy. */
const connections = 16

describe('a process that is killed', () => {
  const clean: Array<() => void> = []
  afterEach(() => {
    for (const one of clean.splice(0)) one()
  })

  /** The server as `npm start` runs it. Resolves when it says that it is ready. */
  const start = async (env: Record<string, string>): Promise<ChildProcess> => {
    const child = spawn(process.execPath, ['--conditions=@guichet/source', '--import', 'tsx', 'server/main.ts'], {
      cwd: here,
      env: { ...process.env, ...env, SEED: '0', DATABASE_URL: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    clean.push(() => child.kill('SIGKILL'))
    if (child.stdout === null) throw new Error('the server has no output')
    for await (const line of createInterface(child.stdout)) {
      if (line === `ready http://127.0.0.1:${env['PORT']}`) return child
    }
    throw new Error(`the server ended with ${child.exitCode} before it was ready`)
  }

  it(`has every one of ${mails} mails after its restart, exactly once, when clients retry until they are answered`, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'guichet-kill-'))
    clean.push(() => rmSync(dataDir, { recursive: true, force: true }))
    const [port, smtp] = [await freePort(), await freePort()]
    const env = { DATA_DIR: dataDir, PORT: String(port), SMTP_PORT: String(smtp) }
    let child = await start(env)

    let answered = 0
    let failures = 0
    let next = 0
    let half: () => void
    const halfway = new Promise<void>((resolve) => {
      half = resolve
    })
    const client = async (): Promise<void> => {
      const transport = createTransport({
        host: '127.0.0.1',
        port: smtp,
        secure: false,
        ignoreTLS: true,
        pool: true,
        maxConnections: 1,
      })
      while (next < mails) {
        const n = next
        next += 1
        const mail = {
          from: `customer${n % 50}@exemple.fr`,
          to: 'support@guichet.test',
          subject: `Number ${n}`,
          text: `Mail ${n}`,
          messageId: `<n${n}@exemple.fr>`,
        }
        for (let sent = false; !sent; ) {
          try {
            await transport.sendMail(mail)
            sent = true
          } catch {
            failures += 1
            await alive
          }
        }
        answered += 1
        if (answered === mails / 2) half()
      }
      transport.close()
    }
    let alive: Promise<unknown> = Promise.resolve()
    const clients = Promise.all(Array.from({ length: connections }, client))
    const restart = halfway.then(async () => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      alive = gone.then(async () => {
        child = await start(env)
      })
      await alive
    })
    await Promise.all([clients, restart])
    expect(failures).toBeGreaterThan(0)

    const subjects: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const query: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`
      const page: any = await (
        await fetch(`http://127.0.0.1:${port}/api/conversations?tab=all&limit=200${query}`)
      ).json()
      subjects.push(...page.items.map((one: { subject: string }) => one.subject))
      after = page.next
    }
    expect(subjects).toHaveLength(mails)
    expect(new Set(subjects).size).toBe(mails)
    const { counts } = (await (await fetch(`http://127.0.0.1:${port}/api/conversations`)).json()) as {
      readonly counts: object
    }
    expect(counts).toMatchObject({ open: mails, all: mails, unassigned: mails })

    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
  }, 120_000)
})
