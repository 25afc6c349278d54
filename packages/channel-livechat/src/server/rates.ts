/** So many at once, and so many a minute after that. */
export interface Rate {
  readonly burst: number
  readonly perMinute: number
}

export interface Limiter {
  /** Takes one from the bucket of this key; false when it is empty. */
  readonly take: (key: string) => boolean
  /** Buckets that are being kept. */
  readonly size: () => number
}

/**
 * Token buckets by key. At most `capacity` are kept: the one that was used longest ago goes first, and so an attacker
 * with endless addresses costs a fixed amount of memory.
 */
export const makeLimiter = (rate: Rate, now: () => number, capacity = 20_000): Limiter => {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take: (key) => {
      const at = now()
      const bucket = buckets.get(key) ?? { tokens: rate.burst, at }
      const tokens = Math.min(rate.burst, bucket.tokens + (Math.max(0, at - bucket.at) * rate.perMinute) / 60_000)
      const taken = tokens >= 1
      // Out and in again: a Map keeps the order of insertion, so the first key is the one unused for longest.
      buckets.delete(key)
      buckets.set(key, { tokens: taken ? tokens - 1 : tokens, at })
      if (buckets.size > capacity) {
        for (const oldest of buckets.keys()) {
          buckets.delete(oldest)
          break
        }
      }
      return taken
    },
    size: () => buckets.size,
  }
}
