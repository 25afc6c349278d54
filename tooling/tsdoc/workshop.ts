import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import ts from 'typescript'
import { root } from '../architecture/sources.ts'
import type { Example } from '../docs/examples.ts'

/** What became of an example: what it printed, and what it threw or left undone. */
export interface Ran {
  readonly printed: string
  readonly error?: string
}

/** A folder beside the packages, as a host's would be, with a folder for each example. */
export interface Workshop {
  readonly folder: string
  readonly fileOf: (example: Example) => string
  readonly close: () => void
}

/** The names of an example's constants. */
const constantsOf = ({ code }: Example): ReadonlyArray<string> =>
  [...code.matchAll(/^const (\w+)/gm)].map(([, name = '']) => name)

const uses = ({ code }: Example, name: string): boolean => new RegExp(String.raw`\b${name}\b`).test(code)

export const openWorkshop = (examples: ReadonlyArray<Example & { readonly after?: Example }>): Workshop => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'guichet-tsdoc-')))
  const fileOf = ({ at }: Example): string => join(folder, at.replaceAll(/[^a-z0-9]+/gi, '-'), 'example.ts')
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  for (const example of examples) {
    const { after } = example
    // On the first line, so that complaints name the right one.
    const names = after === undefined ? [] : constantsOf(after).filter((name) => uses(example, name))
    const head =
      after === undefined || names.length === 0
        ? ''
        : `import { ${names.join(', ')} } from '../${basename(dirname(fileOf(after)))}/example.ts'; `
    const foot = examples.some((other) => other.after === example)
      ? `export { ${constantsOf(example).join(', ')} }\n`
      : 'export {}\n'
    mkdirSync(dirname(fileOf(example)))
    writeFileSync(fileOf(example), `${head}${example.code}${foot}`)
  }
  return { folder, fileOf, close: () => rmSync(folder, { recursive: true, force: true }) }
}

/** One program over everything: the entries to walk and the examples to check, against source. */
export const programOf = (files: ReadonlyArray<string>): ts.Program => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root)
  return ts.createProgram([...files], {
    ...options,
    // Some of it is for browsers.
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    noEmit: true,
    customConditions: ['@guichet/source'],
    allowImportingTsExtensions: true,
  })
}

/** What the type checker has against a file, a line for each complaint. */
export const complaints = (program: ts.Program, path: string): ReadonlyArray<string> => {
  const file = program.getSourceFile(path)
  if (file === undefined) return ['it is not in the program']
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ start = 0, messageText }) =>
      `line ${file.getLineAndCharacterOfPosition(start).line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  )
}

const runner = fileURLToPath(new URL('./run-examples.ts', import.meta.url))

/** Runs these files one after the other in one process, each in its own folder. */
export const runAll = async (files: ReadonlyArray<string>): Promise<ReadonlyMap<string, Ran>> => {
  const args = ['--conditions=@guichet/source', '--import', import.meta.resolve('tsx'), runner, ...files]
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 50_000 })
  return new Map(Object.entries(JSON.parse(stdout) as Record<string, Ran>))
}
