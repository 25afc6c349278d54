/** What is said to a request. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** The connection breaks when so much of a longer body was written. */
  readonly breaksOff?: true
}

/** What becomes of a request when it has been read: an answer, or a connection that ends, or one that stays silent. */
export type Fate = Answer | 'resets' | 'hangs'

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
})
