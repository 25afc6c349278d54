import type { StatusTable } from '../inbound/reported.ts'

/** `stat` of a receipt. Source: SMPP 3.4, appendix B. */
export const smppStatuses: StatusTable = {
  enroute: null,
  acceptd: 'sent',
  delivrd: 'delivered',
  expired: 'failed',
  deleted: 'failed',
  undeliv: 'failed',
  rejectd: 'failed',
  unknown: null,
}

/** `message_state`, by its number. Source: SMPP 3.4, 5.2.28. */
export const smppStates: ReadonlyArray<string | undefined> = [
  undefined,
  'enroute',
  'delivrd',
  'expired',
  'deleted',
  'undeliv',
  'acceptd',
  'unknown',
  'rejectd',
]
