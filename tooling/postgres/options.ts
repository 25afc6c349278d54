/** What one may ask of a server; with nothing said it is made for tests: quick, and safe only from crashes of the client. */
export interface PostgresOptions {
  /** A free one when absent. */
  readonly port?: number
  /** Keeps what is committed through a crash of the server, as in production. Otherwise nothing is waited for. */
  readonly durable?: boolean
  /** Any setting of Postgres, by its name; wins over the others here. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>
  /** Variables for the server's own process, beside those of whoever starts it. */
  readonly environment?: Readonly<Record<string, string>>
}

const forHaste = { fsync: false, synchronous_commit: false, full_page_writes: false }

/** The arguments of `postgres` for them. */
export const settingsAsArguments = ({ durable = false, settings = {} }: PostgresOptions): ReadonlyArray<string> =>
  Object.entries({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...(durable ? {} : forHaste),
    ...settings,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
