import { verdicts } from '../send/verdict.ts'

/** Codes of the API and of `errors[]` in reports. Source: Telnyx, "Messaging error codes". */
export const telnyxErrors = verdicts({
  throttle: [10011, 40011, 40016, 40018, 40318],
  again: [40006, 40320],
  uncertain: [10007],
  optedOut: [40300],
  recipient: [40001, 40004, 40008, 40012, 40309, 40310],
  content: [40002, 40003, 40009, 40015, 40017, 40301, 40302, 40304, 40316, 40317, 40319, 40322],
  auth: [10009, 10010],
  account: [20100, 40010, 40013, 40100, 40305, 40306, 40307, 40308, 40311, 40312, 40313, 40314, 40315, 40321, 40333],
  refused: [40005, 40014],
})
