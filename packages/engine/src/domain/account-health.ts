/** How well an account works, from nothing to be done to nothing can be sent. */
export const healthLevels = ['ok', 'warning', 'restricted', 'down'] as const

/**
 * How an account stands with its provider. `warning`: it works, and somebody should look (a falling quality, a template
 * that was refused). `restricted`: some of it does not work. `down`: nothing can be sent until somebody acts. What is
 * said of one `about` (a template, a number) replaces what was said of it before.
 */
export interface AccountHealth {
  readonly level: (typeof healthLevels)[number]
  /** What it is about, as the provider names it; absent: the account. */
  readonly about?: string
  /** The provider's word or number for it. */
  readonly code: string
  readonly message: string
  /** The provider's time, epoch milliseconds. */
  readonly at?: number
}

/** What was said of an account, by when: the provider's time, or when it was heard. */
export interface KnownHealth extends AccountHealth {
  readonly at: number
  /** Somebody has acted since: it stops nothing any more. */
  readonly over?: true
}

/** Why nothing is sent from an account: its provider says so, or has refused who we are. */
export interface AccountStop {
  readonly because: 'down' | 'auth' | 'account'
  readonly code: string
  readonly message: string
  /** Epoch milliseconds. */
  readonly since: number
}

/** Everything that is known of how an account stands. */
export interface AccountStanding {
  /** The newest of each `about`, newest first. */
  readonly health: ReadonlyArray<KnownHealth>
  /** A send was refused for what has nothing to do with its message. */
  readonly refused: AccountStop | null
  /** The provider asked for a pause: until when (epoch milliseconds), and how many there were in a row. */
  readonly pause: { readonly until: number; readonly times: number } | null
  /** When somebody last acted, epoch milliseconds: what left before says nothing of how it stands since. */
  readonly actedAt?: number
}

/** Of an account of which nothing was heard. */
export const unknownStanding: AccountStanding = { health: [], refused: null, pause: null }

/** A provider may report on thousands of templates: so many are remembered. */
const rememberedAtMost = 200

/**
 * How an account stands after a report of its provider: in whatever order they come, and however often, the newest of
 * each `about` is what counts. Unchanged (the same object) by what is older.
 *
 * @param now epoch milliseconds; the time of a report that has none, and the latest that any can have.
 *
 * @example
 * ```ts
 * import { healthHeard, stopOf, unknownStanding } from '@guichet/engine/domain'
 *
 * const banned = { level: 'down', code: 'BANNED', message: 'the number was banned', at: 20 } as const
 * const down = healthHeard(unknownStanding, banned, 30)
 * console.log(stopOf(down)?.because, healthHeard(down, { ...banned, level: 'ok', at: 10 }, 30) === down)
 * console.log(stopOf(healthHeard(down, { ...banned, level: 'ok', at: 25 }, 30)))
 * ```
 *
 * ```text
 * down true
 * null
 * ```
 */
export const healthHeard = (standing: AccountStanding, report: AccountHealth, now: number): AccountStanding => {
  const at = Math.min(report.at ?? now, now)
  const before = standing.health.find(({ about }) => about === report.about)
  if (before !== undefined && (at < before.at || (at === before.at && isSame(before, report)))) return standing
  const { level, about, code, message } = report
  const known: KnownHealth = { level, ...(about === undefined ? {} : { about }), code, message, at }
  const health = [known, ...standing.health.filter((one) => one !== before)]
    .sort((a, b) => b.at - a.at || ((a.about ?? '') < (b.about ?? '') ? -1 : 1))
    .slice(0, rememberedAtMost)
  const works = level === 'ok' && about === undefined && at >= (standing.refused?.since ?? 0)
  return { ...standing, health, refused: works ? null : standing.refused }
}

const isSame = (a: AccountHealth, b: AccountHealth): boolean =>
  a.level === b.level && a.code === b.code && a.message === b.message

/**
 * Why nothing may be sent from it; null when everything may.
 *
 * @example
 * ```ts
 * import { healthHeard, stopOf, unknownStanding } from '@guichet/engine/domain'
 *
 * const down = healthHeard(unknownStanding, { level: 'down', code: '190', message: 'the token has expired' }, 30)
 * console.log(stopOf(unknownStanding), stopOf(down)?.code)
 * ```
 *
 * ```text
 * null 190
 * ```
 */
export const stopOf = ({ health, refused }: AccountStanding): AccountStop | null => {
  if (refused !== null) return refused
  const down = health.find(({ level, over }) => level === 'down' && over !== true)
  return down === undefined ? null : { because: 'down', code: down.code, message: down.message, since: down.at }
}

/**
 * How an account stands after a message was refused for what has nothing to do with it: nothing is sent from it until
 * somebody acts. Unchanged (the same object) where that is known already, and where somebody has acted, or its provider has
 * said that it is well, since the message left.
 *
 * @param leftAt when the message left, epoch milliseconds.
 *
 * @example
 * ```ts
 * import { refusedWith, stopOf, tryingAgain, unknownStanding } from '@guichet/engine/domain'
 *
 * const expired = { because: 'auth', code: '190', message: 'the token has expired', since: 20 } as const
 * const stopped = refusedWith(unknownStanding, expired, 10)
 * console.log(stopOf(stopped)?.because, stopOf(refusedWith(tryingAgain(stopped, 30), expired, 10)))
 * ```
 *
 * ```text
 * auth null
 * ```
 */
export const refusedWith = (standing: AccountStanding, stop: AccountStop, leftAt: number): AccountStanding => {
  const isWell = standing.health.some(({ level, about, at }) => level === 'ok' && about === undefined && at > leftAt)
  const isOver = isWell || (standing.actedAt ?? Number.NEGATIVE_INFINITY) > leftAt
  return standing.refused !== null || isOver ? standing : { ...standing, refused: stop }
}

/**
 * Somebody has acted, and it is tried again: until the provider says once more that it is down, or refuses a send.
 *
 * @param now epoch milliseconds.
 *
 * @example
 * ```ts
 * import { healthHeard, stopOf, tryingAgain, unknownStanding } from '@guichet/engine/domain'
 *
 * const down = healthHeard(unknownStanding, { level: 'down', code: '190', message: 'the token has expired' }, 30)
 * console.log(stopOf(tryingAgain(down, 40)), tryingAgain(down, 40).health.length)
 * ```
 *
 * ```text
 * null 1
 * ```
 */
export const tryingAgain = (standing: AccountStanding, now: number): AccountStanding =>
  stopOf(standing) === null && standing.pause === null
    ? standing
    : {
        health: standing.health.map((one) => (one.level === 'down' ? { ...one, over: true as const } : one)),
        refused: null,
        pause: null,
        actedAt: now,
      }
