import type { Receipt, Sink, WireRequest } from '@guichet/engine/ports'

export interface RecordingSink {
  readonly sink: Sink
  readonly requests: ReadonlyArray<WireRequest>
}

const stored: Receipt = { _tag: 'Stored', conversation: 'c', seq: 1, sentAt: 0 }

/** The engine's side of the port, as far as email uses it: keeps what comes in, after `commit` has settled. */
export const recordingSink = (commit: (request: WireRequest) => Promise<void> = async () => {}): RecordingSink => {
  const requests: Array<WireRequest> = []
  return {
    requests,
    sink: {
      receive: async (request) => {
        await commit(request)
        requests.push(request)
        return [stored]
      },
      events: async (events) => events.map(() => ({ _tag: 'Applied' })),
      thread: async () => undefined,
      file: async () => undefined,
      typing: () => {},
      watch: () => () => {},
    },
  }
}
