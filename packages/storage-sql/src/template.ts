import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Tables } from './tables.ts'

/** Builds queries and never runs one. */
export const sqlite = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** The same for PostgreSQL. */
export const postgres = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** A query that was built once: its text, and which parameter goes where. `Row` is what it answers with. */
export interface Template<Params, Row> {
  readonly sql: string
  readonly order: ReadonlyArray<keyof Params & string>
  /** Whether rows are arrays of their columns. */
  readonly positional: boolean
  /** Only for the type checker. */
  readonly row?: Row
}

const slot = Symbol('slot')

interface Slot {
  readonly [slot]: string
}

const isSlot = (value: unknown): value is Slot => typeof value === 'object' && value !== null && slot in value

/**
 * Builds a query with stand-ins in place of parameters. Kysely checks that a parameter's type fits its column and
 * otherwise hands it through untouched, so that where the stand-ins end up tells the order of the real values.
 *
 * Throws when a query holds a value that is neither a stand-in nor part of its text: it would be the same for ever.
 */
export const template =
  <Params>() =>
  <Row>(build: (params: { readonly [K in keyof Params]-?: Params[K] }) => Compilable<Row>): Template<Params, Row> => {
    const slots = new Proxy({}, { get: (_, name) => ({ [slot]: name }) })
    const { sql, parameters } = build(slots as { readonly [K in keyof Params]-?: Params[K] }).compile()
    return {
      sql,
      positional: false,
      order: parameters.map((parameter) => {
        if (!isSlot(parameter)) throw new Error(`a value was built into: ${sql}`)
        return parameter[slot] as keyof Params & string
      }),
    }
  }

/** The same for PostgreSQL, of SQL as it is written: what takes arrays apart and counts its own changes has no builder. */
export const written =
  <Params, Row = unknown>() =>
  (build: (params: { readonly [K in keyof Params]-?: Params[K] }) => RawBuilder<Row>): Template<Params, Row> =>
    template<Params>()<Row>((params) => ({ compile: () => build(params).compile(postgres) }))

/** The columns of a row, by position. */
export type Values<Row, Columns extends ReadonlyArray<keyof Row>> = {
  readonly [At in keyof Columns]: Row[Columns[At]]
}

/**
 * Answers with arrays in place of objects. To build an object of many columns takes the driver longer than SQLite takes
 * to find them.
 */
export const positional =
  <Row extends ReadonlyArray<unknown>>() =>
  <Params>({ sql, order }: Template<Params, unknown>): Template<Params, Row> => ({ sql, order, positional: true })

/** Some of the parameters under their own names, as `values` and `set` take them. */
export const pick = <Params, K extends keyof Params>(params: Params, names: ReadonlyArray<K>): Pick<Params, K> =>
  Object.fromEntries(names.map((name) => [name, params[name]])) as Pick<Params, K>

/** Templates that differ only in which conditions are there, each built when it is first needed. */
export const memoised = <Shape, Made>(keyOf: (shape: Shape) => string, make: (shape: Shape) => Made) => {
  const made = new Map<string, Made>()
  return (shape: Shape): Made => {
    const key = keyOf(shape)
    let found = made.get(key)
    if (found === undefined) {
      found = make(shape)
      made.set(key, found)
    }
    return found
  }
}
