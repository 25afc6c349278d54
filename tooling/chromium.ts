/**
 * The Chromium of the browser tests: `CHROMIUM_PATH`, then the system's, then the one of @sparticuz/chromium, unpacked once
 * per version into `node_modules/.cache`, where it can be thrown away.
 */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'

const cache = join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules/.cache/guichet-chromium')

/** `--single-process` and its companions from `chromium.args` must stay out: with them, closing a context kills the browser. */
const args = ['--no-sandbox', '--font-render-hinting=none']

interface Found {
  readonly path: string
  /** Libraries to put in the loader's path when the system has no NSS of its own. */
  readonly libraries?: string
}

/** The executable, or a sentence that says why there is none. */
const find = async (): Promise<Found | string> => {
  const chosen = process.env['CHROMIUM_PATH']
  if (chosen !== undefined && chosen !== '') {
    return existsSync(chosen) ? { path: chosen } : `CHROMIUM_PATH names ${chosen}, which does not exist`
  }
  if (existsSync('/usr/bin/chromium')) return { path: '/usr/bin/chromium' }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `@sparticuz/chromium has no build for ${process.platform}-${process.arch}; set CHROMIUM_PATH`
  }
  try {
    return await unpacked()
  } catch (error) {
    return `@sparticuz/chromium cannot be unpacked: ${String(error)}; set CHROMIUM_PATH`
  }
}

/** Unpacks beside, then renames: two test files that start together never run half a file. */
const unpacked = async (): Promise<Found> => {
  const { default: sparticuz, inflate } = await import('@sparticuz/chromium')
  const bin = join(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '../../bin')
  const { version } = JSON.parse(await readFile(join(bin, '../package.json'), 'utf8')) as { version: string }
  const home = join(cache, version)
  const found = { path: join(home, 'chromium'), libraries: join(home, 'al2023/lib') }
  if (existsSync(found.path)) return found
  await mkdir(cache, { recursive: true })
  const beside = await mkdtemp(join(cache, 'unpacking-'))
  const before = process.env['TMPDIR']
  try {
    process.env['TMPDIR'] = beside
    await sparticuz.executablePath()
    await inflate(join(bin, 'al2023.tar.br'))
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  await rename(beside, home).catch(async (error: unknown) => {
    await rm(beside, { recursive: true, force: true })
    if (!existsSync(found.path)) throw error
  })
  return found
}

let search: Promise<Found | string> | undefined
const findOnce = (): Promise<Found | string> => (search ??= find())

/** Whether browser tests can run here. Says loudly why when they cannot: `describe.skipIf(!(await hasChromium()))`. */
export const hasChromium = async (): Promise<boolean> => {
  const found = await findOnce()
  if (typeof found === 'string') console.warn(`\n*** BROWSER TESTS SKIPPED: no Chromium (${found}) ***\n`)
  return typeof found !== 'string'
}

/**
 * Starts a headless Chromium; the caller closes it.
 * @throws Error when none can be had; `hasChromium` tells before.
 */
export const launchChromium = async (): Promise<Browser> => {
  const found = await findOnce()
  if (typeof found === 'string') throw new Error(`No Chromium: ${found}`)
  const { path: executablePath, libraries } = found
  const scratch = join(cache, 'tmp')
  await mkdir(scratch, { recursive: true })
  const env = { ...process.env, TMPDIR: scratch } as Record<string, string>
  try {
    return await chromium.launch({ executablePath, args, env })
  } catch (error) {
    if (libraries === undefined || !String(error).includes('shared libraries')) throw error
    return chromium.launch({ executablePath, args, env: { ...env, LD_LIBRARY_PATH: libraries } })
  }
}

/** Runs in the page, which this file knows no types of. */
const whenStill = `(async () => {
  const rootsIn = (root) => [
    root,
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? rootsIn(shadowRoot) : [])),
  ]
  for (;;) {
    const moving = rootsIn(document)
      .flatMap((root) => root.getAnimations())
      .filter((one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity)
    if (moving.length === 0) return
    await Promise.all(moving.map((one) => one.finished.catch(() => undefined)))
  }
})()`

/**
 * Resolves when nothing on a page moves any more, in open shadow roots as well: what slides or fades in has other edges
 * and other contrasts on its way. What never ends, such as a pulse, is not waited for.
 */
export const settled = (page: Page): Promise<void> => page.evaluate(whenStill)
