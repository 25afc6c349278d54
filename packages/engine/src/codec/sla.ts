import type { SlaClock } from '../domain/sla/promises.ts'

/** Promises without their names: they stand in every entry that changes one. */
export type SlaRow = readonly [
  policy: SlaClock['policy'],
  firstResponse: number | null,
  nextResponse: number | null,
  resolution: number | null,
  missed: SlaClock['missed'],
  began: number | null,
  asked: number | null,
  answered: 0 | 1,
]

export const slaRow = (sla: SlaClock): SlaRow => [
  sla.policy,
  sla.firstResponse,
  sla.nextResponse,
  sla.resolution,
  sla.missed,
  sla.began,
  sla.asked,
  sla.answered ? 1 : 0,
]

export const readSla = (row: SlaRow): SlaClock => {
  const [policy, firstResponse, nextResponse, resolution, missed, began, asked, answered] = row
  return { policy, firstResponse, nextResponse, resolution, missed, began, asked, answered: answered === 1 }
}
