import pg, { type Connection } from 'pg'
import { noRows, readRow, type Shape, shapeOf } from './answer.ts'
import type { Call } from './statement.ts'

type Config = Call<unknown>['config']

/** What a statement was answered with. */
export interface Answer {
  readonly rows: Array<unknown>
  /** Those that it read or wrote. */
  affected: number
}

type Done = (error: Error | null | undefined, answers?: ReadonlyArray<Answer>) => void

/** One statement under way. */
interface Asked extends Answer {
  readonly config: Config
  shape: Shape | undefined
}

/** `INSERT 0 5`, `SELECT 3`. */
const countIn = (tag: string): number => Number(/\d+$/.exec(tag)?.[0] ?? 0)

/**
 * Statements that are sent as one: a single write, a single end, and so a single transaction, in which each
 * sees what those before it did and which any failure undoes whole. pg ends every statement on its own; each would
 * then cost the server an answer and us a look at it, and a transaction two statements more. It also has the server
 * describe the rows of a statement each time; here that is done once.
 */
export class Chain extends pg.Query {
  readonly #asked: ReadonlyArray<Asked>
  readonly #shapes: Map<string, Shape> | undefined
  #at = 0
  #error: Error | null = null
  /** pg puts one of its own around it where an answer may not take forever. */
  declare callback: Done

  /**
   * `shapes` are those of the statements that the connection knows, by name. Without it knows none: each is parsed as it
   * comes, and forgotten.
   */
  constructor(configs: ReadonlyArray<Config>, shapes: Map<string, Shape> | undefined, done: Done) {
    super({ text: '' })
    this.callback = done
    this.#shapes = shapes
    this.#asked = configs.map((config) => ({ config, shape: shapes?.get(config.name ?? ''), rows: [], affected: 0 }))
  }

  override submit = (connection: Connection): void => {
    connection.stream.cork()
    for (const { config, shape } of this.#asked) {
      const { name, text, values } = config
      if (this.#shapes === undefined) connection.parse({ name: '', text, types: [] } as never, false)
      connection.bind({ statement: this.#shapes === undefined ? '' : name, values } as never, false)
      if (shape === undefined) connection.describe({ type: 'P', name: '' }, false)
      connection.execute({}, false)
    }
    connection.sync()
    connection.stream.uncork()
  }

  handleRowDescription({ fields }: { readonly fields: Parameters<typeof shapeOf>[0] }): void {
    const asked = this.#asked[this.#at]
    if (asked !== undefined) asked.shape = shapeOf(fields)
  }

  handleDataRow({ fields }: { readonly fields: ReadonlyArray<string | null> }): void {
    const asked = this.#asked[this.#at]
    try {
      asked?.rows.push(readRow(asked.shape ?? noRows, fields, 'rowMode' in asked.config))
    } catch (error) {
      this.#error ??= error as Error
    }
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    const asked = this.#asked[this.#at]
    this.#at += 1
    if (asked === undefined) return
    asked.affected = countIn(text)
    this.#shapes?.set(asked.config.name ?? '', asked.shape ?? noRows)
  }

  handleError(error: Error): void {
    this.callback(error)
  }

  /** Only now is it durable. */
  handleReadyForQuery(): void {
    this.callback(this.#error, this.#asked)
  }
}
