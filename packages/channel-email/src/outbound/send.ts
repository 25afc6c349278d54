import type { Readable } from 'node:stream'
import type { SendContext, SendOutcome } from '@guichet/engine/ports'
import type { NodemailerError, SMTPPoolSentMessageInfo } from 'nodemailer'
import { compose } from './compose.ts'
import { codeOf, failureOf, type Progress, type Refusal } from './outcome.ts'
import { type SmtpTransport, watched } from './transports.ts'
import type { EmailWire } from './wire.ts'

/**
 * Hands one mail to the SMTP server. Whether everything had been written when it failed is watched on the stream of
 * the mail itself: the library's errors do not say.
 */
export const sendMail = async (
  transport: SmtpTransport,
  wire: EmailWire,
  { blob, signal }: SendContext,
): Promise<SendOutcome> => {
  if (signal.aborted) return { _tag: 'Retry', reason: 'stopped before it was sent' }
  let bytes: ReadonlyArray<Uint8Array>
  try {
    bytes = await Promise.all(wire.attachments.map(blob))
  } catch (error) {
    return {
      _tag: 'Retry',
      reason: `a file could not be read: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
  let mail: Readable | undefined
  const progress = (): Progress => (mail?.readableEnded === true ? 'complete' : 'incomplete')
  try {
    const info = await transport.sendMail(watched({ ...compose(wire, bytes), signal }, (stream) => (mail = stream)))
    return acceptedOf(wire, info)
  } catch (error) {
    return failureOf(error as NodemailerError, progress())
  }
}

const acceptedOf = (wire: EmailWire, info: SMTPPoolSentMessageInfo): SendOutcome => {
  const refused: ReadonlyArray<Refusal> = info.rejectedErrors ?? []
  const [first] = refused
  return {
    _tag: 'Accepted',
    externalId: wire.messageId,
    status: 'sent',
    ...(first === undefined
      ? {}
      : {
          error: {
            code: codeOf(first.response, first.responseCode),
            message: `refused for ${info.rejected.join(', ')}: ${first.response ?? 'no reason given'}`.slice(0, 500),
          },
        }),
  }
}
