import pg, { type Connection, type QueryArrayResult, type QueryResult } from 'pg'
import type { Call } from './statement.ts'

export type Result = QueryResult | QueryArrayResult

/** What pg's queries take from the server; @types/pg does not know it. */
interface Answered {
  callback: (error: Error | null, result: Result) => void
  handleRowDescription(message: unknown): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, connection: Connection): void
  handleReadyForQuery(connection: Connection): void
}

type Done = (error: Error | null | undefined, results?: ReadonlyArray<Result>) => void

/**
 * Statements that are sent as one: a single write, a single end, and so a single transaction, in which each
 * sees what those before it did and which any failure undoes whole. pg ends every statement on its own; each would
 * then cost the server an answer and us a look at it, and a transaction two statements more.
 */
export class Chain extends pg.Query {
  readonly #calls: ReadonlyArray<Call<unknown>['config']>
  readonly #named: boolean
  readonly #answers: ReadonlyArray<Answered>
  readonly #results: Array<Result> = []
  #at = 0
  #error: Error | null = null
  /** pg puts one of its own around it where an answer may not take forever. */
  declare callback: Done

  /** Where they are not `named`, the connection knows none of them: each is parsed as it comes, and forgotten. */
  constructor(
    calls: ReadonlyArray<Call<unknown>['config']>,
    { named, types }: { readonly named: boolean; readonly types: pg.CustomTypesConfig },
    done: Done,
  ) {
    super({ text: '' })
    this.callback = done
    this.#calls = calls
    this.#named = named
    this.#answers = calls.map((call) => {
      const answer = new pg.Query({ ...call, types }) as unknown as Answered
      answer.callback = (error, result) => {
        this.#error ??= error
        this.#results.push(result)
      }
      return answer
    })
  }

  override submit = (connection: Connection): void => {
    connection.stream.cork()
    for (const { name, text, values } of this.#calls) {
      if (!this.#named) connection.parse({ name: '', text, types: [] } as never, false)
      connection.bind({ statement: this.#named ? name : '', values } as never, false)
      connection.describe({ type: 'P', name: '' }, false)
      connection.execute({}, false)
    }
    connection.sync()
    connection.stream.uncork()
  }

  handleRowDescription(message: unknown): void {
    this.#answers[this.#at]?.handleRowDescription(message)
  }

  handleDataRow(message: unknown): void {
    this.#answers[this.#at]?.handleDataRow(message)
  }

  handleCommandComplete(message: unknown, connection: Connection): void {
    this.#answers[this.#at]?.handleCommandComplete(message, connection)
    this.#at += 1
  }

  handleError(error: Error): void {
    this.callback(error)
  }

  /** Only now is it durable. */
  handleReadyForQuery(connection: Connection): void {
    for (const answer of this.#answers) answer.handleReadyForQuery(connection)
    this.callback(this.#error, this.#results)
  }
}
