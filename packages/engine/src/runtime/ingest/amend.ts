import { decodeConversation } from '../../codec/conversation.ts'
import type { Actor } from '../../domain/actor.ts'
import { decide as decideOn } from '../../domain/conversation/decide.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { MessageAddress } from '../../domain/message/message.ts'
import type { Part } from '../../domain/message/part.ts'
import type { InboundEvent, Receipt } from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import { activeAt } from '../active-at.ts'
import type { Decided } from '../committer.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { EngineError, storageFailed } from '../error.ts'
import { execute } from '../execute.ts'
import type { Execution } from '../execution.ts'
import { factsFor, removedAccount } from '../facts.ts'
import { record } from '../record.ts'
import { type ReadMessage, readMessage, targetIn } from '../target.ts'
import type { View } from '../view.ts'
import { blocked, isBlockedBy } from './blocked.ts'
import { dropFiles, storeFiles } from './files.ts'
import { type Handled, type Parkable, parking } from './park.ts'
import { type Place, placeOf } from './places.ts'
import { type Beside, type Stale, type Step, isStale } from './step.ts'

type Ended = Extract<InboundEvent, { readonly _tag: 'Ended' }>
type Reacted = Extract<InboundEvent, { readonly _tag: 'Reacted' }>
export type Amending = Exclude<Parkable, { readonly _tag: 'DeliveryReported' }>

const applied: Receipt = { _tag: 'Applied' }
/** It says nothing that is not known, or not newer: nothing of it is kept. */
const unchanged: Receipt = { _tag: 'Applied' }

/** The conversation of its message has gone into another one, where the contact is followed. */
interface Merged extends MessageAddress {
  readonly _tag: 'Merged'
  readonly contact: string
}

/** A message that keeps changing while a change of it is prepared. */
const readAgainAtMost = 16

const asContact = async (
  core: Core,
  { workspace }: Connected,
  { conversation, contact }: { readonly conversation: string; readonly contact: string },
  command: Execution['command'],
): Promise<Receipt> => {
  const actor: Actor = { kind: 'contact', id: contact }
  const done = await execute(core, { workspace, conversation, actor, command })
  if (done._tag === 'Done') return applied
  const { _tag: reason } = done.refusal
  return reason === 'NothingToDo' ? unchanged : { _tag: 'Rejected', reason }
}

const revisionOf = ({ revision }: Extract<Amending, { readonly _tag: 'MessageEdited' }>) =>
  revision === undefined ? undefined : { revision }

const commandOf = (event: Amending, message: number, parts: ReadonlyArray<Part>): Execution['command'] => {
  switch (event._tag) {
    case 'MessageEdited':
      return { _tag: 'EditMessage', message, parts, ...revisionOf(event) }
    case 'MessageDeleted':
      return { _tag: 'DeleteMessage', message }
    case 'Reacted':
      return { _tag: 'React', message, emoji: event.emoji, ...(event.at === undefined ? undefined : { at: event.at }) }
  }
}

/** Whether it comes from somebody who is not heard. */
const isUnheard = async (
  core: Core,
  to: Connected,
  setup: Setup,
  event: Amending,
  place: Place | undefined,
): Promise<boolean> => {
  if (setup.blocks.size === 0 || event._tag === 'MessageDeleted') return false
  if (event._tag === 'Reacted') return isBlockedBy(core, setup, to, { address: event.from })
  // What was said before a block stays as it was said. Of a message that comes with it the sender was looked at.
  const { row } = place ?? {}
  return row !== undefined && isBlockedBy(core, setup, to, { address: decodeConversation(row).address })
}

/** What was got ready for the decision. */
interface Prepared {
  readonly setup: Setup
  /** Of an edit, its files stored. */
  readonly parts: ReadonlyArray<Part>
  readonly read: ReadMessage | undefined
}

/** Whether it comes from an address that leads to the contact of the conversation. */
const isHers = (
  view: View,
  { workspace, account }: Connected,
  { from }: Reacted,
  { contact }: Pick<Conversation, 'contact'>,
): boolean => view.identity(workspace, account.id, from)?.contact === contact

/** What it does to its message, as the contact who takes part there. */
const change = (
  core: Core,
  to: Connected,
  event: Amending,
  { setup, parts, read }: Prepared,
  view: View,
  { state, seq }: { readonly state: Conversation; readonly seq: number },
): Decided<Receipt> => {
  // A sign of somebody else is not put in anybody's mouth; who wrote may react from another address of hers.
  if (event._tag === 'Reacted' && !state.known.includes(event.from) && !isHers(view, to, event, state)) {
    const value: Receipt = { _tag: 'Ignored', reason: 'a reaction of somebody else' }
    return { _tag: 'Decided', value, changes: { workspace: to.workspace } }
  }
  const { workspace } = to
  const target = targetIn(view, workspace, state.id, seq, read)
  const actor: Actor = { kind: 'contact', id: state.contact }
  const account = setup.accounts.get(state.account) ?? removedAccount(state)
  const facts = factsFor(core, setup, account, actor, target === undefined ? {} : { target: target.facts })
  const decision = decideOn(state, commandOf(event, seq, parts), facts)
  if (decision._tag === 'Accepted') {
    const { changes } = record(core, workspace, state, decision.entries, target)
    return { _tag: 'Decided', value: applied, changes }
  }
  const { _tag: reason } = decision.refusal
  const value: Receipt = reason === 'NothingToDo' ? unchanged : { _tag: 'Rejected', reason }
  return { _tag: 'Decided', value, changes: { workspace } }
}

const readAt = async (
  core: Core,
  workspace: string,
  { conversation, seq }: Place,
): Promise<ReadMessage | undefined> => {
  try {
    return await readMessage(core, workspace, conversation, seq)
  } catch (error) {
    throw storageFailed(error)
  }
}

/**
 * Gets ready what a customer did to a message: its files are stored and its message is read. One that is not there yet is
 * waited for, decided in the same breath.
 */
export const amending = async (
  core: Core,
  to: Connected,
  event: Amending,
  { request, place, row }: Beside,
): Promise<Step> => {
  const { workspace, account } = to
  const { externalId } = event
  const setup = await core.directory.of(workspace)
  if (await isUnheard(core, to, setup, event, place)) return async () => blocked
  const read = place && (await readAt(core, workspace, place))
  const { revision = '' } = event._tag === 'MessageEdited' ? event : {}
  // Edits of one moment may have the same file, of which the older one's goes.
  const source = `${account.id}\n${externalId}\nedit ${core.clock.now()} ${revision}`
  const parts = event._tag === 'MessageEdited' ? await storeFiles(core, to, source, event.parts) : []
  const decide = (view: View): Decided<Handled | Stale | Merged> => {
    const nothing = { workspace }
    const external = view.external(workspace, account.id, externalId)
    if (external === undefined) {
      return { _tag: 'Decided', value: 'parked', changes: row !== undefined ? nothing : parking(core, to, event) }
    }
    const { conversation, seq } = external
    const state = view.conversation(workspace, conversation)
    // It has just been told where its message is.
    if (state === undefined && place === undefined)
      return { _tag: 'Decided', value: { _tag: 'Stale' }, changes: nothing }
    if (state === undefined || state.deleted) {
      return { _tag: 'Decided', value: { _tag: 'Rejected', reason: 'NotFound' }, changes: nothing }
    }
    if (state.mergedInto !== null) {
      const { contact } = state
      return { _tag: 'Decided', value: { _tag: 'Merged', conversation, seq, contact }, changes: nothing }
    }
    const version = view.loaded(workspace, conversation)
    const isRead = place?.conversation === conversation && place.seq === seq && place.row?.version === version
    // Of what came with it, all that there is to know was decided before it in the same batch.
    if (!isRead && seq <= version) return { _tag: 'Decided', value: { _tag: 'Stale' }, changes: nothing }
    const decided = change(core, to, event, { setup, parts, read: isRead ? read : undefined }, view, { state, seq })
    if (row === undefined || decided._tag === 'Needs') return decided
    // It waits no more from the same commit on: taken up once more, it would undo what was said since.
    return { ...decided, changes: { ...decided.changes, unpark: [row] } }
  }
  return async () => {
    const { value } = await core.committer.submit<Handled | Stale | Merged>({
      workspace,
      ...(request === undefined ? {} : { request }),
      needs: {
        externals: [{ workspace, account: account.id, externalId }],
        ...(event._tag === 'Reacted' && { identities: [{ workspace, account: account.id, address: event.from }] }),
      },
      decide,
    })
    const handled =
      value === 'parked' || value._tag !== 'Merged'
        ? value
        : await asContact(core, to, value, commandOf(event, value.seq, parts))
    if (handled !== applied) await dropFiles(core, workspace, parts)
    return handled
  }
}

/** Alone, by the newest that there is, as often as others are faster. */
export const amend = async (core: Core, to: Connected, event: Amending, row?: string): Promise<Handled> => {
  for (let times = 0; times < readAgainAtMost; times += 1) {
    const step = await amending(core, to, event, { place: await placeOf(core, to, event.externalId), row })
    const handled = await step()
    if (!isStale(handled)) return handled
  }
  throw new EngineError('Contended', 'others kept changing it', { retryable: true })
}

/** The contact ends the conversation that is active at its address. */
export const end = async (core: Core, to: Connected, event: Ended): Promise<Receipt> => {
  const state = await activeAt(core, to, event.address)
  if (state === undefined) return { _tag: 'Ignored', reason: 'no conversation' }
  // It may have begun elsewhere, as that of a contact that this address belongs to by now.
  return asContact(core, to, { conversation: state.id, contact: state.contact }, { _tag: 'Close' })
}
