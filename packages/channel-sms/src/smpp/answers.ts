import { createHash, randomUUID } from 'node:crypto'
import type { Pdu } from './library.ts'

/** What the SMSC brings again when our answer is lost has no id: it is known by all that it says. */
export const digestOf = (pdu: Pdu): string => {
  const { source_addr, destination_addr, esm_class, data_coding, short_message, message_payload } = pdu
  const { sar_msg_ref_num, sar_total_segments, sar_segment_seqnum, receipted_message_id, message_state } = pdu
  const said = [source_addr, destination_addr, esm_class, data_coding, short_message, message_payload]
  const fields = [sar_msg_ref_num, sar_total_segments, sar_segment_seqnum, receipted_message_id, message_state]
  return createHash('sha256')
    .update(JSON.stringify([...said, ...fields]))
    .digest('base64')
}

/** A delivery that was taken, until the SMSC is known not to bring it again. */
export interface Taken {
  /** What its message is stored under. */
  readonly id: string
  readonly digest: string
  /** Whether it is stored, once that is known. */
  readonly stored: Promise<boolean>
  readonly settle: (stored: boolean) => void
}

/** The answers that one session owes. */
export interface Answers {
  /** A delivery has come, under the id that it had when it came before. */
  readonly took: (digest: string, id?: string) => Taken
  /** It was stored, or was not; `sent` when that was written to the SMSC. */
  readonly answered: (taken: Taken, stored: boolean, sent: boolean) => void
  /** How many answers have been written. */
  readonly written: () => number
  /** The SMSC has read so many of them: it has answered something that was written after them. */
  readonly arrived: (count: number) => void
  /** Nothing more can arrive. */
  readonly ended: () => void
}

/** A thousand are more than a window of any SMSC; the oldest go. */
const atMost = 1_000

/**
 * What the SMSC may bring again, once each, within `keepMs`: what could not be stored, and what was taken in a session that
 * ended before the SMSC is known to have read the answer. What a customer says twice in one session is never taken
 * for the same.
 */
export const answersInDoubt = (keepMs: number, now: () => number) => {
  let doubtful: ReadonlyArray<{ readonly taken: Taken; readonly at: number }> = []
  const doubt = (all: Iterable<Taken>): void => {
    const at = now()
    doubtful = [...doubtful, ...[...all].map((taken) => ({ taken, at }))].slice(-atMost)
  }
  return {
    /** What comes now, as it came before; undefined when it is new. Each is told once. */
    earlier: (digest: string): Taken | undefined => {
      doubtful = doubtful.filter(({ at }) => now() - at <= keepMs)
      const found = doubtful.find(({ taken }) => taken.digest === digest)
      doubtful = doubtful.filter((one) => one !== found)
      return found?.taken
    },
    session: (): Answers => {
      /** Each with its place among the answers, once it has been answered. */
      const open = new Map<Taken, number>()
      let count = 0
      return {
        took: (digest, id = randomUUID()) => {
          let settle: (stored: boolean) => void = () => {}
          const stored = new Promise<boolean>((resolve) => {
            settle = resolve
          })
          const taken = { id, digest, stored, settle }
          open.set(taken, Number.POSITIVE_INFINITY)
          return taken
        },
        answered: (taken, stored, sent) => {
          taken.settle(stored)
          if (!stored && open.delete(taken)) doubt([taken])
          if (stored && sent) open.set(taken, (count += 1))
        },
        written: () => count,
        arrived: (read) => {
          for (const [taken, place] of open) if (place <= read) open.delete(taken)
        },
        ended: () => {
          doubt(open.keys())
          open.clear()
        },
      }
    },
  }
}

export type AnswersInDoubt = ReturnType<typeof answersInDoubt>
