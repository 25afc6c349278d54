import ts from 'typescript'
import { importsOf, lineOf, nodesOf, parse } from './imports.ts'
import { browserFolders, emptyNames, engineLayers, longestFile, packageLayers } from './layers.ts'
import { resolveRelative, type Source } from './sources.ts'

export interface Violation {
  readonly path: string
  readonly line: number
  readonly what: string
}

/** A rule looks at one file; `describe` in the test says what it holds. */
export type Rule = (source: Source) => ReadonlyArray<Violation>

const isRelative = (specifier: string): boolean => specifier.startsWith('.')

const engineFolder = (path: string): string | undefined => /^packages\/engine\/src\/([^/]+)\//.exec(path)?.[1]

const packageOf = (path: string): string | undefined =>
  /^(?:packages\/[^/]+|examples\/[^/]+|bench|tooling)\//.exec(path)?.[0]

const allowed = (specifier: string, packages: ReadonlyArray<string>): boolean =>
  packages.some((name) => (/[/:]$/.test(name) ? specifier.startsWith(name) : specifier === name))

/** Imports inside the engine go down only, and only its runtime and what is above it knows a package from outside. */
export const engineImportsGoDown: Rule = (source) => {
  const folder = engineFolder(source.path)
  if (folder === undefined) {
    return source.path.startsWith('packages/engine/src/')
      ? [{ path: source.path, line: 1, what: 'lies in no folder of the engine' }]
      : []
  }
  const layer = engineLayers[folder]
  if (layer === undefined) return [{ path: source.path, line: 1, what: `${folder} is no layer of the engine` }]
  return importsOf(source).flatMap(({ specifier, line }) => {
    if (!isRelative(specifier)) {
      return allowed(specifier, layer.packages)
        ? []
        : [{ path: source.path, line, what: `${folder} imports ${specifier}` }]
    }
    const target = resolveRelative(source.path, specifier)
    const other = engineFolder(target)
    return other === folder || (other !== undefined && layer.folders.includes(other))
      ? []
      : [{ path: source.path, line, what: `${folder} imports ${other ?? target}` }]
  })
}

/** What each published package lets others ask for, by its name. */
export type PublicSubpaths = ReadonlyMap<string, ReadonlyArray<string>>

/** Packages reach each other through what they export, and no path leaves its own package. */
export const packagesMeetInPublic =
  (subpaths: PublicSubpaths): Rule =>
  (source) => {
    const home = packageOf(source.path)
    if (home === undefined) return []
    const layers = packageLayers.find(([pattern]) => pattern.test(source.path))?.[1]
    return importsOf(source).flatMap(({ specifier, line }) => {
      const found = (what: string) => [{ path: source.path, line, what }]
      if (isRelative(specifier)) {
        const target = resolveRelative(source.path, specifier)
        return target.startsWith(home) || isRootConfig(target) ? [] : found(`reaches out of its package: ${specifier}`)
      }
      const name = /^@guichet\/[^/]+/.exec(specifier)?.[0]
      if (name === undefined) return []
      if (subpaths.get(name)?.includes(specifier) !== true) return found(`${specifier} is not public`)
      if (layers === undefined || !source.path.startsWith(`${home}src/`)) return []
      return layers.includes(name) ? [] : found(`may not ask for ${name}`)
    })
  }

/** Settings that a package takes from the root, and tools for the tests of all packages. */
const isRootConfig = (path: string): boolean => path === 'tsup.preset.ts' || path.startsWith('tooling/')

/** `effect` alone loads everything: half a second that a deep import saves. */
export const noEffectBarrel: Rule = (source) =>
  importsOf(source).flatMap(({ specifier, line }) =>
    specifier === 'effect' ? [{ path: source.path, line, what: "imports the barrel 'effect'" }] : [],
  )

/** What the visitor's browser loads brings nothing along. */
export const browserCodeStandsAlone: Rule = (source) => {
  if (!browserFolders.some((folder) => source.path.startsWith(folder))) return []
  return importsOf(source).flatMap(({ specifier, line, typeOnly }) =>
    isRelative(specifier) || typeOnly ? [] : [{ path: source.path, line, what: `browser code imports ${specifier}` }],
  )
}

const isMember = (node: ts.Node): boolean => {
  const parent = node.parent
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node) ||
    (ts.isQualifiedName(parent) && parent.right === node)
  )
}

const impureNames = new Set([
  'Promise',
  'Date',
  'console',
  'performance',
  'crypto',
  'process',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'Temporal',
])

const impurityOf = (node: ts.Node): string | undefined => {
  if (ts.isThrowStatement(node)) return 'throw'
  if (ts.isAwaitExpression(node)) return 'await'
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return 'for await'
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async'
  if (ts.isClassLike(node)) return 'class'
  if (ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random') return 'Math.random'
  if (ts.isIdentifier(node) && impureNames.has(node.text) && !isMember(node)) return node.text
  return undefined
}

/** The domain decides from what it is given: no clock, no chance, nothing that waits, nothing that is thrown. */
export const domainIsPure: Rule = (source) => {
  if (engineFolder(source.path) !== 'domain') return []
  const file = parse(source)
  return [...nodesOf(file)].flatMap((node) => {
    const what = impurityOf(node)
    return what === undefined ? [] : [{ path: source.path, line: lineOf(file, node), what: `domain uses ${what}` }]
  })
}

/** A name that the file gives to something of its own. */
const isDeclared = (
  node: ts.Node,
): node is (ts.VariableDeclaration | ts.ParameterDeclaration | ts.FunctionDeclaration) & {
  readonly name: ts.Identifier
} =>
  (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isFunctionDeclaration(node)) &&
  node.name !== undefined &&
  ts.isIdentifier(node.name)

const nodeNames = new Set(['process', 'Buffer', 'require', '__dirname', '__filename', 'setImmediate'])

/** The engine runs wherever JavaScript runs; what needs Node lives in `node/`. */
export const engineIsPortable: Rule = (source) => {
  const folder = engineFolder(source.path)
  if (folder === undefined || folder === 'node') return []
  const file = parse(source)
  const nodes = [...nodesOf(file)]
  const own = new Set(nodes.flatMap((node) => (isDeclared(node) ? [node.name.text] : [])))
  return nodes.flatMap((node) =>
    ts.isIdentifier(node) && nodeNames.has(node.text) && !own.has(node.text) && !isMember(node)
      ? [{ path: source.path, line: lineOf(file, node), what: `${folder} uses ${node.text}, which only Node has` }]
      : [],
  )
}

/** A file that cannot be read in one go is two files. */
export const filesAreShort: Rule = ({ path, text }) => {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  return /^packages\/[^/]+\/src\//.test(path) && lines > longestFile
    ? [{ path, line: longestFile + 1, what: `${lines} lines, more than ${longestFile}` }]
    : []
}

/** Names in kebab-case that say what the thing is. */
export const namesSaySomething = (path: string): ReadonlyArray<Violation> => {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  const folder = parts.slice(0, -1).find((part) => emptyNames.includes(part))
  const kebab = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/
  const written = /\.(ts|tsx|mts|mjs|js|jsx|css)$/.test(name)
  return [
    ...(folder === undefined ? [] : [{ path, line: 1, what: `a folder named ${folder} says nothing` }]),
    ...(written && !kebab.test(name) ? [{ path, line: 1, what: `${name} is not in kebab-case` }] : []),
  ]
}
