/** What was last told of a conversation while somebody types. */
export interface TypingTold {
  /** When it was last said that somebody types, epoch milliseconds. */
  readonly at: number
  readonly on: boolean
  /** Resolves when it has been said: what comes after it is said after it. */
  readonly said: Promise<void>
}

/**
 * What customers are told that nobody has to remember: by workspace and conversation, what was said last, so that it is
 * said once; and what is being said. Of this process alone.
 */
export interface Ledger {
  readonly typing: Map<string, TypingTold>
  /** The newest message that was, or is being, told to be read. */
  readonly read: Map<string, string>
  readonly underWay: Set<Promise<void>>
}

/** So many conversations are remembered; what is forgotten may be said once more. */
const rememberedAtMost = 10_000

export const makeLedger = (): Ledger => ({ typing: new Map(), read: new Map(), underWay: new Set() })

/** The oldest is forgotten when there are too many. */
export const note = <A>(known: Map<string, A>, key: string, value: A): void => {
  known.delete(key)
  const [oldest] = known.keys()
  if (oldest !== undefined && known.size >= rememberedAtMost) known.delete(oldest)
  known.set(key, value)
}

export const keyOf = (workspace: string, conversation: string): string => JSON.stringify([workspace, conversation])

/** Resolves when nothing is being said any more. */
export const silence = async ({ underWay }: Ledger): Promise<void> => {
  while (underWay.size > 0) await Promise.all(underWay)
}
