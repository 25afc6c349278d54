/** What the tests of a project may `inject` when its `globalSetup` is the one in this folder. */
export interface ProvidedPostgres {
  /** A server on which a test may make databases: `DATABASE_URL`, or one started for this run. */
  readonly databaseUrl: string
}

declare module 'vitest' {
  interface ProvidedContext extends ProvidedPostgres {}
}
