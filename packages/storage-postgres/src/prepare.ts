import pg, { type Connection } from 'pg'

/** What pg knows of a connection's statements, and @types/pg does not. */
interface Statements {
  readonly submittedNamedStatements: Record<string, string>
}

interface Named {
  readonly name: string
  readonly text: string
}

/**
 * Has the server parse a statement, and nothing more. pg does so together with a statement's first use; within a
 * transaction that fails, it then believes in statements that the server never saw, and in others not that it did see.
 */
export class Prepare extends pg.Query {
  readonly #statement: Named

  constructor(statement: Named, done: (error: Error | undefined) => void) {
    super({ ...statement }, done)
    this.#statement = statement
  }

  override submit = (connection: Connection): void => {
    const { name, text } = this.#statement
    const known = (connection as unknown as Statements).submittedNamedStatements
    connection.parse({ name, text, types: [] } as never, false)
    known[name] = text
    connection.sync()
  }
}
