import ts from 'typescript'

const roots: ReadonlyMap<string, string> = new Map([
  ['engine', 'Engine'],
  ['workspace', 'Workspace'],
  ['session', 'AgentSession'],
])

const parse = (call: string): ts.SourceFile =>
  ts.createSourceFile('call.ts', call, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)

/** Names in a call that stand for any value: neither `session` and its like, nor names of methods and fields. */
const freeNames = (call: string): ReadonlySet<string> => {
  const names = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node
      const named = (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node
      if (!named && !roots.has(node.text)) names.add(node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(parse(call))
  return names
}

/** A program that makes these calls, one a line, so that the type checker says which of them cannot be made. */
export const callsProgram = (calls: ReadonlyArray<string>): string => {
  const imports = `import type { ${[...roots.values()].join(', ')} } from '@guichet/engine'`
  const given = [...roots].map(([name, type]) => `declare const ${name}: ${type}`)
  const lines = calls.map((call) => {
    const free = [...freeNames(call)].map((name) => `${name}: any`)
    return `export const call${calls.indexOf(call)} = (${free.join(', ')}) => ${call}`
  })
  return [...lines, imports, ...given, ''].join('\n')
}

/** `conversations.snooze` of `session.conversations.snooze(id)`: how the examples write it; `report` where it is all. */
export const methodOf = (call: string): string =>
  call.slice(0, call.indexOf('(')).split('.').slice(1).slice(-2).join('.')
