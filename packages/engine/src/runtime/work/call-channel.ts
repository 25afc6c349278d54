import type { FileRef } from '../../domain/message/part.ts'
import type {
  FetchOutcome,
  MaybePromise,
  OutboundMessage,
  ProfileOutcome,
  RemoteFile,
  Rendered,
  SendOutcome,
  Signal,
} from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'
import { inTime } from '../in-time.ts'
import { sensibleFetch, sensibleOutcome, sensibleProfile, sensibleRendering } from './sensible.ts'

/** A send that has not come back after this long may or may not have happened, in milliseconds. */
const sendDeadlineMs = 60_000
/** A file that has not come after this long is asked for again, in milliseconds. */
const fetchDeadlineMs = 120_000
/** Who somebody is, when it has not come after this long, is asked again, in milliseconds. */
const profileDeadlineMs = 20_000
/** What customers send may be larger than what a channel takes of us: so much is fetched in any case, in bytes. */
const fetchedAtMost = 100 * 1024 * 1024
/** How long what is under way may go on when the engine closes, in milliseconds. */
const closingGraceMs = 10_000

/** What a channel does outside, until it is done or its time is over: that ends early when the engine closes. */
const byDeadline = async <A>(core: Core, ms: number, late: A, run: (signal: AbortSignal) => MaybePromise<A>) => {
  const deadline = new AbortController()
  const stopAfter = (pause: number) =>
    core.clock.at(core.clock.now() + pause, () => deadline.abort(new Error('no answer in time')))
  // What was asked before it closed may only get here now.
  let cancel = stopAfter(core.closing.aborted ? closingGraceMs : ms)
  const deaf = core.bus.on('closing', () => {
    cancel()
    cancel = stopAfter(closingGraceMs)
  })
  const over = new Promise<A>((resolve) => {
    deadline.signal.addEventListener('abort', () => resolve(late))
  })
  try {
    return await Promise.race([run(deadline.signal), over])
  } finally {
    deaf()
    cancel()
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** A plugin that throws has not said whether it handed the message over: that is what ambiguous means. */
export const sendBy = async (
  core: Core,
  to: Connected,
  wire: unknown,
  idempotencyKey: string,
): Promise<SendOutcome> => {
  const late: SendOutcome = { _tag: 'Ambiguous', reason: 'no answer in time' }
  const blob = async (file: FileRef): Promise<Uint8Array> => {
    const bytes = await core.blobs.get(to.workspace, file.blob)
    if (bytes === undefined) throw new Error(`the file ${file.name} is gone`)
    return bytes
  }
  try {
    return sensibleOutcome(
      await byDeadline(core, sendDeadlineMs, late, (signal) =>
        to.channel.send(wire, to.seen, { idempotencyKey, signal, fetch: core.fetch, blob }),
      ),
    )
  } catch (error) {
    core.report(`send of ${to.channel.name}`, error)
    return { _tag: 'Ambiguous', reason: reasonOf(error) }
  }
}

/** Fetching changes nothing outside: whatever goes wrong, it may be tried again. */
export const fetchBy = async (core: Core, to: Connected, file: RemoteFile): Promise<FetchOutcome> => {
  const { channel, seen } = to
  if (channel.fetchFile === undefined) return { _tag: 'Gone', reason: `the channel ${channel.name} fetches no files` }
  const late: FetchOutcome = { _tag: 'Retry', reason: 'no answer in time' }
  const maxBytes = Math.max(fetchedAtMost, channel.capabilities.files.maxBytes)
  const ask = channel.fetchFile.bind(channel)
  try {
    const answer = await byDeadline(core, fetchDeadlineMs, late, (signal) =>
      ask(file, seen, { signal, fetch: core.fetch, maxBytes }),
    )
    return sensibleFetch(answer, maxBytes)
  } catch (error) {
    core.report(`fetchFile of ${channel.name}`, error)
    return { _tag: 'Retry', reason: reasonOf(error) }
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

/** The same for what is told beside messages: a channel is asked for no signal but those that it names. */
export const signalBy = async (core: Core, to: Connected, signal: Signal): Promise<Rendered<unknown>> => {
  const { channel, seen } = to
  if (channel.signal === undefined || !canTell(to, signal._tag)) return { _tag: 'Unsupported', feature: signal._tag }
  try {
    return sensibleRendering(await inTime(core, channel.signal(signal, seen)))
  } catch (error) {
    core.report(`signal of ${channel.name}`, error)
    return { _tag: 'Unsupported', feature: signal._tag }
  }
}

/** Whether customers of this account are told such things. */
export const canTell = ({ channel }: Connected, tag: Signal['_tag']): boolean =>
  channel.capabilities.signals?.includes(tag) === true

/** Asking changes nothing outside: whatever goes wrong, it may be tried again. */
export const profileBy = async (core: Core, to: Connected, address: string): Promise<ProfileOutcome> => {
  const { channel, seen } = to
  if (channel.profile === undefined) return { _tag: 'Unknown' }
  const ask = channel.profile.bind(channel)
  const late: ProfileOutcome = { _tag: 'Retry', reason: 'no answer in time' }
  try {
    return sensibleProfile(
      await byDeadline(core, profileDeadlineMs, late, (signal) => ask(address, seen, { signal, fetch: core.fetch })),
    )
  } catch (error) {
    core.report(`profile of ${channel.name}`, error)
    return { _tag: 'Retry', reason: reasonOf(error) }
  }
}
