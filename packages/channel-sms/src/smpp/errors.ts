import { verdicts } from '../send/verdict.ts'

/** `command_status` of an answer. Source: SMPP 3.4, 5.1.3. */
export const smppErrors = verdicts({
  // The queue is full, the rate is exceeded.
  throttle: [0x14, 0x58],
  // A system error, a session that is not bound, and a passing trouble say that nothing was taken in.
  again: [0x04, 0x08, 0x64],
  uncertain: [0xff],
  recipient: [0x0b],
  content: [0x01],
  auth: [0x0d, 0x0e, 0x0f],
  account: [0x0a, 0x15],
  refused: [0x45, 0x0c, 0x11, 0x33],
})
