import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import ts from 'typescript'
import { root } from '../architecture/sources.ts'

/** A subpath that users import: `@guichet/engine/domain`, and the source file behind it. */
export interface Entry {
  readonly name: string
  readonly file: string
}

/** Something that users can import by name, and what its doc comment offers them. */
export interface PublicName {
  readonly name: string
  readonly entry: string
  /** `packages/engine/src/domain/tabs.ts:4`: where it is declared. */
  readonly at: string
  readonly described: boolean
  /** A function or a class: somebody calls it, so an example shows how. */
  readonly callable: boolean
  readonly example: boolean
}

type Manifest = {
  readonly name: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, unknown>>
}

const sourceOf = (target: unknown): string | undefined =>
  typeof target === 'object' && target !== null
    ? (target as { readonly '@guichet/source'?: string })['@guichet/source']
    : undefined

/** Every subpath of every package that is published. */
export const entries = (): ReadonlyArray<Entry> =>
  readdirSync(join(root, 'packages')).flatMap((folder) => {
    const path = join(root, 'packages', folder, 'package.json')
    if (!existsSync(path)) return []
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest
    if (manifest.private === true) return []
    return Object.entries(manifest.exports ?? {}).flatMap(([subpath, target]) => {
      const source = sourceOf(target)
      if (source === undefined) return []
      return { name: manifest.name + subpath.slice(1), file: join(root, 'packages', folder, source) }
    })
  })

const placeOf = (declaration: ts.Declaration | undefined): string => {
  if (declaration === undefined) return 'nowhere'
  const file = declaration.getSourceFile()
  const { line } = file.getLineAndCharacterOfPosition(declaration.getStart(file))
  return `${relative(root, file.fileName).split(sep).join('/')}:${line + 1}`
}

const isTypeOnly = (exported: ts.Symbol): boolean =>
  exported.declarations?.some((declaration) => ts.isTypeOnlyImportOrExportDeclaration(declaration)) ?? false

const isCallable = (symbol: ts.Symbol, checker: ts.TypeChecker): boolean => {
  if (symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class)) return true
  if (!(symbol.flags & ts.SymbolFlags.Variable)) return false
  const type = checker.getTypeOfSymbol(symbol)
  return type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0
}

const hasExample = (symbol: ts.Symbol): boolean =>
  symbol.getJsDocTags().some(({ name, text }) => name === 'example' && /^```ts\b/m.test(ts.displayPartsToString(text)))

/** What can be imported from these entries. What several of them export is named once. */
export const publicNames = (program: ts.Program, from: ReadonlyArray<Entry>): ReadonlyArray<PublicName> => {
  const checker = program.getTypeChecker()
  const seen = new Set<ts.Symbol>()
  const called = new Set<ts.Symbol>()
  return from.flatMap((entry) => {
    const file = program.getSourceFile(entry.file)
    const module = file === undefined ? undefined : checker.getSymbolAtLocation(file)
    if (module === undefined) throw new Error(`${entry.name} has no module at ${entry.file}`)
    return checker.getExportsOfModule(module).flatMap((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
      const callable = !isTypeOnly(exported) && isCallable(symbol, checker)
      if (seen.has(symbol) && (!callable || called.has(symbol))) return []
      seen.add(symbol)
      if (callable) called.add(symbol)
      return {
        name: exported.name,
        entry: entry.name,
        at: placeOf(symbol.declarations?.[0]),
        described: symbol.getDocumentationComment(checker).some(({ text }) => text.trim() !== ''),
        callable,
        example: hasExample(symbol),
      }
    })
  })
}
