/** What figures are grouped by. */
export type ReportBy = 'tag' | 'department' | 'queue' | 'agent' | 'channel' | 'day'

/** Durations in milliseconds of business or real time: how many were measured, their median and their 90th percentile. */
export interface Durations {
  readonly count: number
  readonly median: number | null
  readonly p90: number | null
}

/** Figures of one group. */
export interface ReportRow {
  /** The tag, department, queue, agent, channel, or day (`YYYY-MM-DD`, UTC); empty for what has none. */
  readonly key: string
  /** Conversations that began in the time. */
  readonly started: number
  /** Messages of customers; what machines wrote is not counted. */
  readonly received: number
  readonly sent: number
  readonly closed: number
  /** From the beginning, or the handover by a bot, to the first answer of a person. */
  readonly firstResponse: Durations
  /** From the beginning or reopening to the close. */
  readonly resolution: Durations
  /** Conversations that are open and the team's at the end of the time; in a row of a day, at the end of that day. */
  readonly load: number
  /** Of those that a bot had at first and that were closed: how many never needed a person, 0 to 1; null when none. */
  readonly botContainment: number | null
  readonly slaMissed: number
}

/**
 * Figures over a time, derived from the journal. What happened is counted where it happened: in the queue and channel of
 * that moment, with the agent who did it. What a conversation is (its beginning, its load, its tags) is counted with its
 * owner and tags at the end of the time; one with several tags counts in the row of each, and once in the total.
 */
export interface Report {
  readonly from: number
  readonly to: number
  readonly by: ReportBy
  readonly rows: ReadonlyArray<ReportRow>
  readonly total: ReportRow
}
