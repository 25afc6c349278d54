import type { OutboundMessage, Rendered, SendOutcome } from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'
import { inTime } from '../in-time.ts'
import { sensibleOutcome, sensibleRendering } from './sensible.ts'

/** A send that has not come back after this long may or may not have happened, in milliseconds. */
const sendDeadlineMs = 60_000
/** How long a send under way may go on when the engine closes, in milliseconds. */
const closingGraceMs = 10_000

/** A plugin that throws has not said whether it handed the message over: that is what ambiguous means. */
export const sendBy = async (
  core: Core,
  to: Connected,
  wire: unknown,
  idempotencyKey: string,
): Promise<SendOutcome> => {
  const deadline = new AbortController()
  const stopAfter = (ms: number) =>
    core.clock.at(core.clock.now() + ms, () => deadline.abort(new Error('no answer in time')))
  let cancel = stopAfter(sendDeadlineMs)
  const hurry = (): void => {
    cancel()
    cancel = stopAfter(closingGraceMs)
  }
  const deaf = core.bus.on('closing', hurry)
  const late = new Promise<SendOutcome>((resolve) => {
    deadline.signal.addEventListener('abort', () => resolve({ _tag: 'Ambiguous', reason: 'no answer in time' }))
  })
  try {
    const sending = Promise.resolve(
      to.channel.send(wire, to.seen, {
        idempotencyKey,
        signal: deadline.signal,
        fetch: core.fetch,
        blob: async (file) => {
          const bytes = await core.blobs.get(to.workspace, file.blob)
          if (bytes === undefined) throw new Error(`the file ${file.name} is gone`)
          return bytes
        },
      }),
    )
    return sensibleOutcome(await Promise.race([sending, late]))
  } catch (error) {
    core.report(`send of ${to.channel.name}`, error)
    return { _tag: 'Ambiguous', reason: error instanceof Error ? error.message : String(error) }
  } finally {
    deaf()
    cancel()
  }
}

/** A message that its channel cannot render is not sent; why is the host's to know. */
export const renderBy = async (core: Core, to: Connected, message: OutboundMessage): Promise<Rendered<unknown>> => {
  try {
    return sensibleRendering(await inTime(core, to.channel.render(message, to.seen)))
  } catch (error) {
    core.report(`render of ${to.channel.name}`, error)
    return { _tag: 'Unsupported', feature: 'this message' }
  }
}
