import { decodeEvent, encodeEvent } from '../../codec/event.ts'
import type { InboundEvent, Receipt, WireRequest } from '../../ports/channel.ts'
import type { StoredQuarantine } from '../../ports/storage.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'
import { write } from '../write.ts'

/** Keeps what could not be understood, byte for byte, together with what came with it. Resolves when it is durable. */
export const quarantine = async (
  core: Core,
  to: Connected,
  what: { readonly reason: string; readonly request: WireRequest },
  together?: object,
): Promise<Receipt> => {
  const { workspace } = to
  const id = core.ids.next()
  const { body, ...head } = what.request
  const changes = () => ({
    quarantine: [
      { id, account: to.account.id, at: core.clock.now(), reason: what.reason, head: JSON.stringify(head), body },
    ],
  })
  await write(core, workspace, changes, together)
  return { _tag: 'Quarantined', id, reason: what.reason }
}

/** No request from outside has an empty method: this is one event of a delivery, as JSON. */
const eventUrl = 'event:'

export const eventAsRequest = (event: InboundEvent): WireRequest => ({
  method: '',
  url: eventUrl,
  headers: {},
  body: new TextEncoder().encode(writable(event)),
})

/** What JSON cannot write (a cycle, a function, nothing at all) is kept as far as it shows itself. */
const writable = (event: InboundEvent): string => {
  try {
    return encodeEvent(event) ?? 'null'
  } catch {
    return JSON.stringify({ _tag: 'Unwritable', keys: Object.keys(event) })
  }
}

export const eventOf = (request: WireRequest): InboundEvent | undefined =>
  request.method === '' && request.url === eventUrl ? decodeEvent(new TextDecoder().decode(request.body)) : undefined

export const requestOf = (stored: StoredQuarantine): WireRequest => ({
  ...(JSON.parse(stored.head) as Omit<WireRequest, 'body'>),
  body: stored.body,
})

/** Takes out what has found its place in the meantime. */
export const releaseFromQuarantine = async (core: Core, workspace: string, id: string): Promise<void> => {
  await write(core, workspace, () => ({ release: [id] }))
}
