import { relative } from 'node:path'
import ts from 'typescript'
import { importsOf } from './imports.ts'
import { resolveRelative, root } from './sources.ts'

/** What a package tells the type checker of those who use it: declaration files by path. */
export type Declarations = ReadonlyMap<string, string>

/** Emits the declarations of these entries, and of all that they reach, into memory. */
export const declarationsOf = (entries: ReadonlyArray<string>, configPath: string): Declarations => {
  const { config } = ts.readConfigFile(configPath, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const program = ts.createProgram([...entries], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    declarationMap: false,
    customConditions: ['@guichet/source'],
    rootDir: root,
    outDir: root,
  })
  const emitted = new Map<string, string>()
  program.emit(undefined, (path, text) => emitted.set(relative(root, path), text), undefined, true)
  return emitted
}

/** The declaration files that a user of `entry` is led to, and the packages that they name. */
export const reachableFrom = (
  entry: string,
  declarations: Declarations,
): {
  readonly files: ReadonlyArray<string>
  readonly packages: ReadonlyArray<string>
  readonly lost: ReadonlyArray<string>
} => {
  const files = new Set<string>()
  const packages = new Set<string>()
  const lost = new Set<string>()
  const visit = (path: string): void => {
    if (files.has(path)) return
    const text = declarations.get(path)
    if (text === undefined) {
      lost.add(path)
      return
    }
    files.add(path)
    for (const { specifier } of importsOf({ path, text })) {
      if (specifier.startsWith('.')) visit(resolveRelative(path, specifier).replace(/\.[jt]s$/, '.d.ts'))
      else packages.add(specifier)
    }
    for (const [, name] of text.matchAll(/<reference\s+(?:types|path)="([^"]+)"/g)) packages.add(name ?? '')
  }
  visit(entry)
  return { files: [...files], packages: [...packages], lost: [...lost] }
}
