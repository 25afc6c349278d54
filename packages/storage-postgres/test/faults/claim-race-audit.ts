import { readFileSync } from 'node:fs'
import type { Finding } from '../../../../tooling/faults/harness.ts'

/** What a process has written down: what it took, began, ended, and was not allowed to end. */
export interface Line {
  readonly word: 'claim' | 'work' | 'done' | 'refused'
  readonly id: string
  readonly attempts: number
  /** When it asked for what it took, and when it had it. */
  readonly asked: number
  readonly got: number
  readonly by: number
}

export const readLedger = (file: string, by: number): ReadonlyArray<Line> =>
  readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [word, id = '', attempts, asked, got] = line.split(' ')
      return { word: word as Line['word'], id, attempts: Number(attempts), asked: Number(asked), got: Number(got), by }
    })

const of = (lines: ReadonlyArray<Line>, word: Line['word']): ReadonlyArray<Line> =>
  lines.filter((line) => line.word === word).toSorted((a, b) => a.attempts - b.attempts)

const twice = (lines: ReadonlyArray<Line>): Line | undefined =>
  lines.find((line, at) => at > 0 && line.attempts === lines[at - 1]?.attempts)

/** What is wrong with the life of one piece of work. */
const judge = (lines: ReadonlyArray<Line>, leaseMs: number, killed: ReadonlySet<number>): Finding | undefined => {
  const [claims, works, ends] = [of(lines, 'claim'), of(lines, 'work'), of(lines, 'done')]
  const last = claims.at(-1)
  if (last === undefined) return { kind: 'lost', what: 'nobody ever took it' }
  const same = twice(claims) ?? twice(works)
  if (same !== undefined) return { kind: 'doubled', what: `two had its attempt ${same.attempts}` }
  const stolen = claims.find((claim, at) => at > 0 && claim.got < (claims[at - 1]?.asked ?? 0) + leaseMs)
  if (stolen !== undefined)
    return { kind: 'doubled', what: `attempt ${stolen.attempts} was taken from who still held it` }
  if (ends.length > 1) return { kind: 'doubled', what: 'it was done twice' }
  const [end] = ends
  if (end !== undefined && end.attempts !== last.attempts) {
    return { kind: 'doubled', what: `attempt ${end.attempts} ended it, and ${last.attempts} had it` }
  }
  // Who was killed may have ended it without a word.
  if (end === undefined && !killed.has(last.by))
    return { kind: 'lost', what: `attempt ${last.attempts} never ended it` }
  if (of(lines, 'refused').some(({ attempts }) => attempts === last.attempts)) {
    return { kind: 'broken', what: `attempt ${last.attempts} was refused, and nobody came after it` }
  }
  return undefined
}

/** What is wrong with all of it: none twice, none lost. */
export const auditClaims = (
  ids: ReadonlyArray<string>,
  lines: ReadonlyArray<Line>,
  leaseMs: number,
  killed: ReadonlySet<number>,
): ReadonlyArray<Finding> => {
  const lives = new Map<string, Line[]>(ids.map((id) => [id, []]))
  for (const line of lines) lives.get(line.id)?.push(line)
  return [...lives].flatMap(([id, life]) => {
    const found = judge(life, leaseMs, killed)
    return found === undefined ? [] : [{ ...found, what: `${id}: ${found.what}` }]
  })
}
