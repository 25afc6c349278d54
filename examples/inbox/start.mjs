// Builds the pages when their sources are newer than the build, then runs the server in the same terminal: one process, or
// with `cluster` several behind one port.
import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { whenNpmEnds } from './npm-watch.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const sources = ['web', 'vite.config.ts', '../../packages/channel-livechat/src', '../../package-lock.json']

const timeOf = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
const newest = (path) => {
  if (!statSync(path).isDirectory()) return timeOf(path)
  return Math.max(0, ...readdirSync(path, { withFileTypes: true }).map((entry) => newest(join(path, entry.name))))
}

const built = timeOf(join(here, 'dist/desk/index.html'))
if (sources.some((source) => newest(join(here, source)) > built)) {
  const { build } = await import('vite')
  await build({ root: join(here, 'web'), configFile: join(here, 'vite.config.ts'), logLevel: 'warn' })
}

const server = spawn(
  process.execPath,
  [
    '--conditions=@guichet/source',
    '--import',
    'tsx',
    `server/${process.argv[2] === 'cluster' ? 'cluster/' : ''}main.ts`,
  ],
  // The channel between the two tells the server when this process dies without a word.
  { cwd: here, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: { INIT_CWD: process.cwd(), ...process.env } },
)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => server.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal))
whenNpmEnds(() => server.kill('SIGTERM'))
server.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)))
