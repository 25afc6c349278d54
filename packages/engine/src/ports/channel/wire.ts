/** What came in, as bytes: signatures are over these and nothing else. Header names are in lower case. */
export interface WireRequest {
  readonly method: string
  /** The URL as the host configured it, not as a proxy passed it on. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** What a request is answered with. */
export interface WireAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}
