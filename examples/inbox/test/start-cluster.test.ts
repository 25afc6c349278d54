import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { story } from '../server/seed/story.ts'
import { callOn } from './cluster.ts'
import { freePorts } from './free-port.ts'

const here = fileURLToPath(new URL('..', import.meta.url))

/** What the story begins: each is a conversation, however often the start is tried. */
const begun = new Set(story.flatMap((step) => ('mail' in step ? [step.mail] : 'chat' in step ? [step.chat] : [])))

let child: ChildProcess | undefined
afterEach(() => child?.kill('SIGKILL'))

it('`npm run start:cluster` brings its own Postgres, tells the story once, and ends when it is told to', async () => {
  const [port = 0, ...others] = await freePorts(4)
  const env = { ...process.env, DATABASE_URL: '', PORT: String(port), SMTP_PORT: '0' }
  child = spawn(process.execPath, ['--conditions=@guichet/source', '--import', 'tsx', 'server/cluster/main.ts'], {
    cwd: here,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.stdout === null) throw new Error('it has no output')
  const at = (one: number) => `http://127.0.0.1:${one}`
  const [said] = await once(createInterface(child.stdout), 'line')
  expect(said).toBe(`ready ${at(port)}`)
  for (const url of [port, ...others].map(at)) {
    const { counts } = (await callOn(url, '/api/conversations?tab=all&as=chloe')).body
    expect(counts.all).toBe(begun.size)
    const { value: templates } = (await callOn(url, '/api/call?as=chloe', { call: 'templates.find', args: [] })).body
    const titles = templates.map(({ title }: { title: string }) => title)
    expect([...new Set(titles)]).toEqual(titles)
  }
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  expect((await ended)[0]).toBe(0)
})
