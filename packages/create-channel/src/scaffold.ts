import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asType, inCode, nameIssue } from './channel-name.ts'

/** What became of it: the files that were written, relative to the folder; or why there are none, in words. */
export type Scaffolded =
  | { readonly ok: true; readonly folder: string; readonly files: ReadonlyArray<string> }
  | { readonly ok: false; readonly reason: string }

const home = fileURLToPath(new URL('..', import.meta.url))
const template = join(home, 'template')

const filesIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })

/** A manifest below another one is taken for what it is not: it has its name only where it is written to. */
const nameOf = (path: string): string => (path === 'manifest.json' ? 'package.json' : path)

/** The versions of what it needs are those that were published with this. */
const versionHere = (): string =>
  (JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { readonly version: string }).version

/** Never over what somebody has: a folder that is there must be empty. */
const folderIssue = (folder: string): string | undefined => {
  if (!existsSync(folder)) return undefined
  if (!statSync(folder).isDirectory()) return `There is a file where the channel would be: ${folder}`
  return readdirSync(folder).length === 0 ? undefined : `The folder is not empty: ${folder}`
}

/**
 * Writes a channel to begin with into a folder, which is made where it is not there: the channel, its settings, a test
 * that holds it to what every channel must do, and a page. Nothing is written unless all of it can be.
 *
 * @param target the name of the channel, in lower case with hyphens; or a path that ends with it.
 * @param from where a relative path begins; the working directory unless given.
 *
 * @example
 * ```ts
 * import { scaffold } from '@guichet/create-channel'
 *
 * console.log(scaffold('Smoke Signal'))
 * ```
 *
 * ```text
 * {
 *   ok: false,
 *   reason: `A channel's name is in lower case, begins with a letter and has hyphens between its words: not "Smoke Signal"`
 * }
 * ```
 */
export const scaffold = (target: string, from = '.'): Scaffolded => {
  const name = target === '' ? '' : basename(target)
  const folder = resolve(from, target)
  const reason = nameIssue(name) ?? folderIssue(folder)
  if (reason !== undefined) return { ok: false, reason }
  const words: Readonly<Record<string, string>> = {
    'example-channel': name,
    exampleChannel: inCode(name),
    ExampleChannel: asType(name),
    '0.0.0-guichet': `^${versionHere()}`,
  }
  const filled = (text: string): string =>
    text.replaceAll(/example-channel|exampleChannel|ExampleChannel|0\.0\.0-guichet/g, (word) => words[word] ?? word)
  const files = filesIn(template).map((path) => ({
    to: nameOf(relative(template, path)),
    text: filled(readFileSync(path, 'utf8')),
  }))
  for (const { to, text } of files) {
    mkdirSync(dirname(join(folder, to)), { recursive: true })
    writeFileSync(join(folder, to), text)
  }
  return { ok: true, folder, files: files.map(({ to }) => to).sort() }
}
