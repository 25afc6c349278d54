import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../architecture/sources.ts'

const isCase = (node: ts.Node): boolean => {
  // `name: '…'` of a conformance case.
  if (ts.isPropertyAssignment(node)) return ts.isIdentifier(node.name) && node.name.text === 'name'
  // `test('…', …)`, `it('…', …)`, `test.each(…)('…', …)`.
  if (!ts.isCallExpression(node)) return false
  return /^(test|it)\b/.test(node.expression.getText())
}

const textIn = (node: ts.Node): string | undefined => {
  if (ts.isStringLiteralLike(node)) return node.text
  return ts.isTemplateExpression(node) ? node.getText().slice(1, -1) : undefined
}

/** The titles of the tests and conformance cases of a source, with the holes of templates as they are written. */
export const titlesIn = (source: string): ReadonlyArray<string> => {
  const titles: string[] = []
  const visit = (node: ts.Node): void => {
    if (isCase(node)) {
      const said = ts.isCallExpression(node) ? node.arguments[0] : (node as ts.PropertyAssignment).initializer
      const text = said && textIn(said)
      if (text !== undefined) titles.push(text)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('cases.ts', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS))
  return titles
}

const read = new Map<string, ReadonlyArray<string>>()

/** The titles of the tests of a file, named from the root; undefined when there is none such. */
export const titlesOf = (file: string): ReadonlyArray<string> | undefined => {
  const path = join(root, file)
  if (!read.has(file) && existsSync(path)) read.set(file, titlesIn(readFileSync(path, 'utf8')))
  return read.get(file)
}
