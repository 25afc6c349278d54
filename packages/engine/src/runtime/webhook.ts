import type { Receipt, WireAnswer, WireRequest } from '../ports/channel.ts'
import { type Connected, connectedAt } from './accounts.ts'
import type { Core } from './core.ts'
import { EngineError } from './error.ts'
import { inTime } from './in-time.ts'
import { ingestRequest } from './ingest.ts'

/** Larger than any provider sends; what is larger is refused before it is read to its end, in bytes. */
const bodyAtMost = 32 * 1024 * 1024
/** What we ask providers to wait while the store is down, in seconds. */
const retryAfter = '5'

const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

const refuse = (status: number, error: string, headers?: Readonly<Record<string, string>>): Response =>
  answer(status, { error }, headers)

/**
 * Reads the body as it came; undefined when it is too large. Nearly all come as one chunk, and taking it from the
 * stream costs half of what `arrayBuffer` does.
 */
const readBody = async (request: Request): Promise<Uint8Array | undefined> => {
  if (Number(request.headers.get('content-length')) > bodyAtMost) return undefined
  if (request.body === null) return new Uint8Array()
  const chunks: Array<Uint8Array> = []
  let size = 0
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > bodyAtMost) {
      await reader.cancel()
      return undefined
    }
    chunks.push(value)
  }
  const [only] = chunks
  if (only !== undefined && chunks.length === 1) return only
  const body = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    body.set(chunk, at)
    at += chunk.byteLength
  }
  return body
}

const wireOf = (request: Request, body: Uint8Array): WireRequest => {
  const headers: Record<string, string> = {}
  request.headers.forEach((value, name) => {
    headers[name.toLowerCase()] = value
  })
  return { method: request.method, url: request.url, headers, body }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** A plugin is not held to our types by its compiler. */
const isWireAnswer = (value: unknown): value is WireAnswer => {
  if (!isRecord(value)) return false
  const { status, headers, body } = value
  return (
    Number.isInteger(status) &&
    Number(status) >= 200 &&
    Number(status) <= 599 &&
    (body === undefined || typeof body === 'string') &&
    (headers === undefined || (isRecord(headers) && Object.values(headers).every((one) => typeof one === 'string')))
  )
}

/** Only a plain yes is one: a channel that fails, or answers anything else, has not verified it. */
const isVerified = async (core: Core, to: Connected, wire: WireRequest): Promise<boolean> => {
  try {
    return (await inTime(core, to.channel.verify(wire, to.seen))) === true
  } catch (error) {
    core.report(`verify of ${to.channel.name}`, error)
    return false
  }
}

/** As the provider is answered, to the byte; what is no answer fails. */
const verbatim = ({ status, headers = {}, body }: WireAnswer): Response =>
  new Response(body ?? null, { status, headers })

/** What a provider asks before it sends anything, answered by the channel; undefined for every other request. */
const shakeHands = async (
  { channel, seen }: Connected,
  core: Core,
  wire: WireRequest,
): Promise<Response | undefined> => {
  if (channel.handshake === undefined) return undefined
  try {
    const answered: unknown = await inTime(core, channel.handshake(wire, seen))
    if (answered === undefined) return undefined
    if (!isWireAnswer(answered)) throw new Error('handshake answered nothing that makes sense')
    return verbatim(answered)
  } catch (error) {
    core.report(`handshake of ${channel.name}`, error)
    return refuse(500, 'Defect')
  }
}

/** What a provider needs to know: that it is done, in its own words where it wants some, or that it should come again. */
const say = ({ channel }: Connected, core: Core, receipts: ReadonlyArray<Receipt>): Response => {
  const { acknowledgement } = channel
  if (acknowledgement === undefined) return answer(200, { receipts })
  if (isWireAnswer(acknowledgement) && acknowledgement.status < 300) {
    try {
      return verbatim(acknowledgement)
    } catch (error) {
      core.report(`acknowledgement of ${channel.name}`, error)
    }
  } else core.report(`acknowledgement of ${channel.name}`, new Error('an acknowledgement has a status of 200 to 299'))
  // It is durable, and that has to be said.
  return answer(200, { receipts })
}

/**
 * Answers a provider's request. What only asks whether this address is ours is answered by the channel, as it says, and
 * nothing is read from it. Otherwise 200, or the channel's own acknowledgement, only when everything it brought is
 * durable, whatever became of it; 401 when it is not the provider's; 404, 405 and 413 for what will never be right; 503 while the store is down, so that it comes
 * again.
 */
export const webhook = async (core: Core, reference: string, request: Request): Promise<Response> => {
  try {
    const to = await connectedAt(core, reference)
    if (to === undefined) return refuse(404, 'UnknownAccount')
    if (!to.channel.capabilities.webhook) return refuse(405, 'NoWebhook')
    const body = await readBody(request)
    if (body === undefined) return refuse(413, 'TooLarge')
    const wire = wireOf(request, body)
    const asked = await shakeHands(to, core, wire)
    if (asked !== undefined) return asked
    if (!(await isVerified(core, to, wire))) return refuse(401, 'Unverified')
    return say(to, core, await ingestRequest(core, to, wire))
  } catch (error) {
    core.report('receive', error)
    const down = error instanceof EngineError
    return down ? refuse(503, error.code, { 'retry-after': retryAfter }) : refuse(500, 'Defect')
  }
}
