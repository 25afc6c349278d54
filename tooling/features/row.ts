/** A test that shows a row: a file, from the root, and words that stand in the title of one of its tests. */
export interface Shown {
  readonly file: string
  readonly title: string
}

/**
 * Something that one can do. `calls` are expressions over `engine`, `workspace` and `session`; whatever else they name
 * stands for any value.
 */
export interface Row {
  readonly id: string
  readonly does: string
  readonly calls: ReadonlyArray<string>
  readonly tests: ReadonlyArray<Shown>
  /** What of it is not there yet, and where it will come from. */
  readonly later?: string
}

/** Rows that belong together, under one heading, with one example. */
export interface Section {
  readonly letter: string
  readonly rows: ReadonlyArray<Row>
}

const guarantees = 'packages/conformance/src/guarantees'

/** A case of the guarantees: it runs on every store. */
export const kept = (file: string, title: string): Shown => ({ file: `${guarantees}/${file}.ts`, title })
export const domain = (file: string, title: string): Shown => ({
  file: `packages/engine/test/domain/${file}.test.ts`,
  title,
})
export const runtime = (file: string, title: string): Shown => ({
  file: `packages/engine/test/runtime/${file}.test.ts`,
  title,
})
/** A test that clicks through it in a browser. */
export const desk = (file: string, title: string): Shown => ({ file: `examples/inbox/test/${file}.test.ts`, title })
export const shown = (file: string, title: string): Shown => ({ file, title })
