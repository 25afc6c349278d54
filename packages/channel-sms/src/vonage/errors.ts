import { verdicts } from '../send/verdict.ts'

/** `status` of a message in an answer of the SMS API. Source: Vonage, "SMS API: error codes". */
export const vonageSendErrors = verdicts({
  throttle: [1, 9, 10],
  uncertain: [5],
  recipient: [7, 29, 33],
  content: [6, 12],
  auth: [4, 14, 32],
  account: [8, 11, 15],
  refused: [2, 3, 22, 23],
})

/** `err-code` of a delivery receipt of the SMS API. Source: Vonage, "Delivery receipts". */
export const vonageReceiptErrors = verdicts({
  again: [2, 7, 8],
  optedOut: [4],
  recipient: [3, 5, 9, 11, 12, 13, 14, 15],
  content: [6, 10],
  refused: [1, 99],
})

/** What stands behind `#` in `type` of an error of the Messages API. Source: Vonage, "Messages API: errors". */
export const vonageMessagesErrors = verdicts({
  throttle: [1000, 1070, 1241],
  uncertain: [1030, 1090],
  optedOut: [1200],
  recipient: [1050, 1170, 1190, 1240, 1250, 1260, 1270, 1280, 1290, 1300, 1430],
  content: [1040, 1210],
  window: [1340],
  auth: [1100],
  account: [1060, 1080, 1110, 1130, 1420],
  again: [1180],
  refused: [1010, 1020, 1120, 1320, 1330, 1360],
})
