import { encodeAmendment } from '../../codec/amendment.ts'
import { decodeDelivery, encodeDelivery } from '../../codec/delivery.ts'
import { blankEntry, movedEntry } from '../../codec/entry.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import type { Moved } from '../../domain/conversation/move.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type {
  StoredAmendment,
  StoredDelivery,
  StoredExternal,
  StoredIdentity,
  StoredWork,
} from '../../ports/storage.ts'
import type { Changes } from '../changes.ts'
import type { Core } from '../core.ts'
import type { Needs, View } from '../view.ts'
import type { Journal, Standing } from './standing.ts'

/** What has to be seen of messages that move, beside the conversations at both ends. */
export const needsOf = (workspace: string, source: Conversation, journal: Journal): Needs => ({
  identities: [{ workspace, account: source.account, address: source.address }],
  deliveries: journal.messages.flatMap(({ seq, message }) =>
    message.direction === 'out' ? [{ workspace, conversation: source.id, seq }] : [],
  ),
  externals: journal.accounts.flatMap((account) =>
    journal.messages.flatMap(({ externalIds }) =>
      externalIds.map((externalId) => ({ workspace, account, externalId })),
    ),
  ),
})

interface Move {
  readonly core: Core
  readonly workspace: string
  readonly view: View
  readonly source: string
  readonly target: string
  readonly journal: Journal
  /** Nothing stays behind. */
  readonly merges: boolean
}

/** Where each of them was and is now, with all that hangs on it. */
const pairs = ({ journal }: Move, moved: ReadonlyArray<Moved>): ReadonlyArray<Standing & Moved> => {
  const bySeq = new Map(journal.messages.map((one) => [one.seq, one]))
  return moved.flatMap(({ from, to }) => {
    const one = bySeq.get(from)
    return one === undefined ? [] : [{ ...one, from, to }]
  })
}

/** The ids of a message lead to where it is: what is said about it, and what answers it, finds it there. */
const externals = (move: Move, { externalIds, from, to }: Standing & Moved): ReadonlyArray<StoredExternal> =>
  move.journal.accounts.flatMap((account) =>
    externalIds.flatMap((externalId) => {
      const external = move.view.external(move.workspace, account, externalId)
      const leadsHere = external?.conversation === move.source && external.seq === from
      return external !== undefined && leadsHere ? [{ ...external, conversation: move.target, seq: to }] : []
    }),
  )

interface Sent {
  readonly deliveries: ReadonlyArray<StoredDelivery>
  readonly work: ReadonlyArray<StoredWork>
}

/**
 * How far a message got goes along. One that has not been taken up gets work of its own behind what is sent from there.
 * One that is on its way is looked after by who has it in hand, who finds here where it went; the others wait for it.
 */
const delivery = ({ core, workspace, view, source, target }: Move, { from, to }: Standing & Moved): Sent => {
  const stored = view.delivery(workspace, source, from)
  if (stored === undefined) return { deliveries: [], work: [] }
  const { movedTo: _, ...current } = decodeDelivery(stored)
  const origin = current.origin ?? { conversation: source, seq: from }
  const there = { conversation: target, seq: to, account: stored.account }
  const behind = current.status === 'sending' ? { behind: true } : {}
  const payload = JSON.stringify({ conversation: target, seq: to, ...behind })
  const waiting = { id: core.ids.next(), kind: 'deliver', lane: target, due: core.clock.now(), key: null, payload }
  return {
    deliveries: [
      encodeDelivery(there, { ...current, origin }, 1),
      encodeDelivery(stored, { ...current, movedTo: { conversation: target, seq: to } }, stored.version + 1),
    ],
    work: current.status === 'queued' || current.status === 'sending' ? [waiting] : [],
  }
}

const amendment = (move: Move, { amendment: said, parts, to }: Standing & Moved): ReadonlyArray<StoredAmendment> => {
  // What became of its files is what it says where it stands now.
  const { parts: edited, edits: _, files: __, ...beside } = said
  const there = { ...beside, ...(edited === undefined ? {} : { parts, edits: [] }) }
  if (Object.keys(there).length === 0) return []
  return [{ conversation: move.target, seq: to, data: encodeAmendment(there) }]
}

/** What is merged away begins nowhere any more. */
const anonymous = (entry: Entry): Entry => {
  const { what } = entry
  if (!('start' in what) || what.start === undefined) return entry
  return { ...entry, what: { ...what, start: { ...what.start, address: '', subject: null } } }
}

const erased = ({ source, target, merges }: Move, { entry, edits, from, to }: Standing & Moved) => [
  {
    conversation: source,
    seq: from,
    data: movedEntry(merges ? anonymous(entry) : entry, { conversation: target, seq: to }),
  },
  ...edits.map((edit) => ({ conversation: source, seq: edit.seq, data: blankEntry(edit) })),
]

/** The next message of an address that wrote here goes where these went, when the old matter is done. */
const pointer = (
  view: View,
  workspace: string,
  source: Conversation,
  target: string,
): ReadonlyArray<StoredIdentity> => {
  const identity = view.identity(workspace, source.account, source.address)
  return identity?.conversation === source.id
    ? [{ ...identity, conversation: target, version: identity.version + 1 }]
    : []
}

/** Two changes as one; each thing stands in one of them only. */
export const together = (one: Changes, other: Changes): Changes => {
  const all: Record<string, unknown> = { ...one }
  for (const [name, value] of Object.entries(other)) {
    if (Array.isArray(value)) all[name] = [...((all[name] as ReadonlyArray<unknown> | undefined) ?? []), ...value]
  }
  return all as unknown as Changes
}

/** Everything that follows messages from one conversation to another, in the commit that moves them. */
export const following = (
  move: Move,
  moved: ReadonlyArray<Moved>,
  before: Conversation,
  takesOver: boolean,
): Changes => {
  const { core, workspace, view, source, target, journal, merges } = move
  const all = pairs(move, moved)
  const sent = all.map((one) => delivery(move, one))
  const dropped = all.flatMap((one) => one.dropped)
  const forget = {
    id: core.ids.next(),
    kind: 'forget',
    lane: source,
    due: core.clock.now(),
    key: null,
    payload: JSON.stringify({ blobs: dropped }),
  }
  return {
    workspace,
    moveExternals: all.flatMap((one) => externals(move, one)),
    deliveries: sent.flatMap((one) => one.deliveries),
    work: [...sent.flatMap((one) => one.work), ...(dropped.length === 0 ? [] : [forget])],
    amendments: all.flatMap((one) => amendment(move, one)),
    erase: [
      ...all.flatMap((one) => erased(move, one)),
      ...(merges ? journal.written : []).map((entry) => ({
        conversation: source,
        seq: entry.seq,
        data: blankEntry(anonymous(entry)),
      })),
    ],
    identities: takesOver ? pointer(view, workspace, before, target) : [],
  }
}
