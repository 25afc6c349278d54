import { decodeEntry } from '../../codec/entry.ts'
import { type Delivery, reported, seenBefore } from '../../domain/message/delivery.ts'
import type { InboundEvent, Receipt } from '../../ports/channel.ts'
import type { LoadRequest } from '../../ports/storage.ts'
import type { Connected } from '../accounts.ts'
import { activeAt } from '../active-at.ts'
import type { Core } from '../core.ts'
import { storageFailed } from '../error.ts'
import { messageOf } from '../target.ts'
import { noNeeds } from '../view.ts'
import { advanced } from './report.ts'

type ReadUpTo = Extract<InboundEvent, { readonly _tag: 'ReadUpTo' }>
type ReadBefore = Extract<InboundEvent, { readonly _tag: 'ReadBefore' }>

const applied: Receipt = { _tag: 'Applied' }
const nowhere: Receipt = { _tag: 'Ignored', reason: 'no conversation' }

/** So many messages are looked at at once. */
const pageSize = 100
/** How many pages a watermark by time reaches back: before that everything was seen long ago. */
const pagesAtMost = 10

/** Messages of ours, newest first by their pages, and when each was written. */
interface Page {
  readonly refs: ReadonlyArray<{ readonly seq: number; readonly sentAt: number }>
  /** Where the page before it ends; undefined when there is none. */
  readonly before: number | undefined
}

const pageOf = async (core: Core, workspace: string, conversation: string, before?: number): Promise<Page> => {
  try {
    const page = await core.storage.timeline({
      workspace,
      conversation,
      kinds: ['out'],
      limit: pageSize,
      ...(before === undefined ? {} : { before }),
    })
    const times = new Map(page.entries.map((stored) => [stored.seq, messageOf(decodeEntry(stored))?.sentAt ?? 0]))
    const refs = page.deliveries.map(({ seq }) => ({ seq, sentAt: times.get(seq) ?? 0 }))
    return { refs, before: page.entries.length < pageSize ? undefined : page.entries[0]?.seq }
  } catch (error) {
    throw storageFailed(error)
  }
}

/** Moves the deliveries of a page. Answers whether there was one to move. */
const move = async (
  core: Core,
  { workspace, account }: Connected,
  { conversation, address }: { readonly conversation: string; readonly address: string },
  refs: Page['refs'],
  change: (current: Delivery, sentAt: number) => Delivery,
): Promise<boolean> => {
  if (refs.length === 0) return false
  const { value } = await core.committer.submit({
    workspace,
    needs: { deliveries: refs.map(({ seq }) => ({ workspace, conversation, seq })) },
    decide: (view) => {
      const deliveries = refs.flatMap(({ seq, sentAt }) => {
        const stored = view.delivery(workspace, conversation, seq)
        return stored?.account === account.id ? advanced(stored, (current) => change(current, sentAt)) : []
      })
      const changes = { workspace, deliveries, reached: [{ account: account.id, address }] }
      return { _tag: 'Decided', value: deliveries.length > 0, changes }
    },
  })
  return value
}

/** The conversation that an address points at. */
const pointsTo = async (core: Core, at: LoadRequest['identities'][number]): Promise<string | null | undefined> => {
  try {
    return (await core.storage.load({ ...noNeeds, identities: [at] })).identities[0]?.conversation
  } catch (error) {
    throw storageFailed(error)
  }
}

/** The contact has received or seen everything up to a seq. */
export const readUpTo = async (core: Core, to: Connected, event: ReadUpTo): Promise<Receipt> => {
  const { address, status, seq } = event
  const { workspace, account } = to
  const known = await pointsTo(core, { workspace, account: account.id, address })
  // Its number means something in that conversation alone, and in none that it was merged into since.
  if (known == null) return nowhere
  const { refs } = await pageOf(core, workspace, known, seq + 1)
  const now = core.clock.now()
  const report = { status, at: Math.min(event.at ?? now, now) }
  await move(core, to, { conversation: known, address }, refs, (current) => reported(current, report))
  return applied
}

/** The contact has received or seen everything that the provider took until then. */
export const readBefore = async (core: Core, to: Connected, event: ReadBefore): Promise<Receipt> => {
  const { address, status } = event
  const state = await activeAt(core, to, address)
  if (state === undefined) return nowhere
  const mark = { status, upTo: Math.min(event.upTo, core.clock.now()) }
  let before: number | undefined
  for (let pages = 0; pages < pagesAtMost; pages += 1) {
    const page = await pageOf(core, to.workspace, state.id, before)
    const older = page.refs.filter(({ sentAt }) => sentAt <= mark.upTo)
    const moved = await move(core, to, { conversation: state.id, address }, older, (current, sentAt) =>
      seenBefore(current, sentAt, mark),
    )
    before = page.before
    // What stands before those that were seen already was seen as well.
    if (before === undefined || (older.length > 0 && !moved)) break
  }
  return applied
}
