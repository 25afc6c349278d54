/** What one process tells the others in one go. */
export interface News {
  readonly from: string
  /** Where it has committed something; `any` for too many places to name them. */
  readonly committed: ReadonlyArray<string> | 'any'
  readonly said: ReadonlyArray<readonly [workspace: string, text: string]>
}

/** In bytes: PostgreSQL takes less than 8,000. */
const longest = 7_900

const fits = (payload: string): boolean => Buffer.byteLength(payload) <= longest

/** As payloads of notifications. What is said and too long for one is left out. */
export const writeNews = ({ from, committed, said }: News): ReadonlyArray<string> => {
  const payload = (news: Omit<News, 'from'>): string => JSON.stringify({ from, ...news })
  const talk = said.map((words) => payload({ committed: [], said: [words] })).filter(fits)
  if (committed.length === 0) return talk
  const named = payload({ committed, said: [] })
  return [fits(named) ? named : payload({ committed: 'any', said: [] }), ...talk]
}

const isTexts = (value: unknown): value is ReadonlyArray<string> =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

/** Undefined for what this library did not write: anybody may use a channel. */
export const readNews = (payload: string): News | undefined => {
  try {
    const { from, committed, said } = JSON.parse(payload) as Partial<Record<keyof News, unknown>>
    return typeof from === 'string' &&
      (committed === 'any' || isTexts(committed)) &&
      Array.isArray(said) &&
      said.every((words) => isTexts(words) && words.length === 2)
      ? { from, committed, said }
      : undefined
  } catch {
    return undefined
  }
}
