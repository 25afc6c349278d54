import { importsOf } from './imports.ts'
import { resolveRelative, type Source } from './sources.ts'

/** Who asks for whom, by path; types count as well. */
export type Graph = ReadonlyMap<string, ReadonlyArray<string>>

export const graphOf = (sources: ReadonlyArray<Source>): Graph => {
  const known = new Set(sources.map((source) => source.path))
  return new Map(
    sources.map((source) => [
      source.path,
      importsOf(source)
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => resolveRelative(source.path, specifier))
        .filter((target) => known.has(target)),
    ]),
  )
}

/** Each cycle once, as the paths around it. */
export const cyclesOf = (graph: Graph): ReadonlyArray<ReadonlyArray<string>> => {
  const done = new Set<string>()
  const found: Array<ReadonlyArray<string>> = []
  const visit = (path: string, trail: ReadonlyArray<string>): void => {
    const seen = trail.indexOf(path)
    if (seen >= 0) {
      found.push([...trail.slice(seen), path])
      return
    }
    if (done.has(path)) return
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  return found
}
