import { type Fate, type LocalServer, openServer } from '@guichet/local-providers'
import { cloudApi, type CloudApiPlace, type TakenMessage } from '@guichet/local-providers/whatsapp'
import { onTestFinished } from 'vitest'
import { businessId, numberId } from './account.ts'

export type { Fate }

interface HeldFile {
  readonly bytes: Uint8Array
  readonly mime: string
}

export interface GraphServer extends Pick<LocalServer<CloudApiPlace>, 'origin' | 'asked' | 'script'> {
  /** Messages that were accepted, in order. */
  readonly sent: ReadonlyArray<TakenMessage>
  /** What was told of messages of the customer, in order: read, and typing. */
  readonly told: ReadonlyArray<TakenMessage['body']>
  /** Files that were uploaded, or that a customer has sent, by their id. */
  readonly files: Map<string, HeldFile>
  /** The token that is known; another one has expired. */
  token: string
  /** What happens between a message being taken and that being said: a webhook that is faster, another answer. */
  meanwhile: ((message: TakenMessage) => Promise<Fate | undefined>) | undefined
}

/** The Graph API on this machine, as far as messages and their files go. It stops with the test. */
export const openGraph = async (): Promise<GraphServer> => {
  const sent: Array<TakenMessage> = []
  const told: Array<TakenMessage['body']> = []
  const files = new Map<string, HeldFile>()
  const graph: Pick<GraphServer, 'token' | 'meanwhile'> = { token: 'EAAtest', meanwhile: undefined }
  const { close, origin, asked, script } = await openServer((own) =>
    cloudApi({
      phoneNumberId: numberId,
      businessAccountId: businessId,
      token: () => graph.token,
      origin: own,
      files: {
        keep: ({ bytes, mime }) => {
          const id = String(1_000_000 + files.size)
          files.set(id, { bytes, mime })
          return id
        },
        get: (id) => {
          const file = files.get(id)
          return file === undefined ? undefined : { name: '', ...file }
        },
      },
      isOpen: () => true,
      see: ({ body }) => told.push(body) > 0,
      take: (message) => {
        sent.push(message)
        return graph.meanwhile?.(message)
      },
    }),
  )
  onTestFinished(close)
  return Object.assign(graph, { origin, asked, script, sent, told, files })
}
