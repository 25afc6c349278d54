/**
 * How notifications travel: `plainly`, one after the other; each one `late`; each one `twice`; or in `disorder`, so that
 * of two the second arrives first.
 */
export const travels = ['plainly', 'late', 'twice', 'disorder'] as const
export type Travel = (typeof travels)[number]

/** Brings notifications to an account. */
export interface Courier {
  /** Resolves when it has arrived; rejects when it was not taken. */
  readonly bring: (deliver: () => Promise<void>) => Promise<void>
}

/** A courier whose ways may change from one notification to the next. */
export const courier = (options: {
  readonly travel: () => Travel
  /** How long one is held back that is late, or that is overtaken. */
  readonly holdMs: number
  readonly wait: (ms: number) => Promise<void>
}): Courier => {
  const { travel, holdMs, wait } = options
  let before: Promise<void> = Promise.resolve()
  let overtakes = false

  const inOrder = async (how: Exclude<Travel, 'disorder'>, deliver: () => Promise<void>): Promise<void> => {
    if (how === 'late') await wait(holdMs)
    await deliver()
    if (how === 'twice') await deliver()
  }

  const inTurn = (deliver: () => Promise<void>): Promise<void> => {
    const brought = before.then(deliver)
    before = brought.catch(() => undefined)
    return brought
  }

  return {
    bring: (deliver) => {
      const how = travel()
      if (how !== 'disorder') return inTurn(() => inOrder(how, deliver))
      overtakes = !overtakes
      return overtakes ? wait(holdMs).then(deliver) : deliver()
    },
  }
}

/** Posts a notification; a provider takes anything but 2xx for a failure. */
export const post = async (url: string, headers: Readonly<Record<string, string>>, body: string): Promise<void> => {
  const response = await fetch(url, { method: 'POST', headers, body })
  const said = await response.text()
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}: ${said.slice(0, 200)}`)
}
