import type { Changeset, ClaimedWork, Storage } from '@guichet/engine/ports'
import { change, conversation, delivery, document, entry, id, identity, load, noon, work } from '../rows.ts'
import { externalIds, type PlannedChange } from './plan.ts'

/** What the run knows beside the stores. */
export interface World {
  /** Answers what is stored now: where versions and seqs are worked out from. */
  readonly oracle: Storage
  now: number
  /** Numbers given so far, for ids. */
  made: number
  readonly claimed: ClaimedWork[]
  readonly parked: string[]
  readonly quarantined: string[]
}

/** The one that came so many before the last, if there was one. */
const recent = <A>(values: ReadonlyArray<A>, back: number): ReadonlyArray<A> =>
  values.slice(values.length - 1 - back).slice(0, values.length > back ? 1 : 0)

const fresh = (world: World): string => {
  world.made += 1
  return id(0x1000 + 2 * world.made)
}

/** An id that sorts before some that were given before it, and that nobody else has. */
const freshLate = (world: World): string => {
  world.made += 1
  return id(0x1000 + 2 * world.made - 7)
}

const lastSeq = async (world: World, workspace: string, of: number): Promise<number> =>
  (await world.oracle.timeline({ workspace, conversation: id(of), limit: 1 })).entries[0]?.seq ?? 0

const conversationsOf = async (world: World, planned: PlannedChange): Promise<Changeset['conversations']> => {
  const { workspace } = planned
  const stored = await load(world.oracle, {
    conversations: planned.conversations.map(({ of }) => ({ workspace, id: id(of) })),
  })
  return planned.conversations.map(({ of, slip, contact: by, ...fields }) => {
    const expected = (stored.conversations.find((row) => row.id === id(of))?.version ?? 0) + slip
    const channel = fields.account === 'mobile' ? 'sms' : 'email'
    return { row: conversation(of, { ...fields, channel, contact: id(by), version: expected + 1 }), expected }
  })
}

const entriesOf = async (world: World, planned: PlannedChange): Promise<Changeset['entries']> => {
  const next = new Map<number, number>()
  const entries = []
  for (const { of, slip, kind, body } of planned.entries) {
    const seq = next.get(of) ?? (await lastSeq(world, planned.workspace, of)) + 1
    next.set(of, seq + 1)
    // A slip forwards would leave a gap, which no journal has.
    entries.push(entry(of, Math.max(1, seq + Math.min(0, slip)), { kind, body, data: JSON.stringify(world.made) }))
  }
  return entries
}

/** Makes a changeset of a planned one, by what is stored at this moment. */
export const toChangeset = async (world: World, plan: PlannedChange): Promise<Changeset> => {
  const settled = plan.settle.flatMap((each) => recent(world.claimed, each.back).map((item) => ({ ...each, item })))
  // Work is settled where it belongs.
  const workspace = settled[0]?.item.workspace ?? plan.workspace
  const planned: PlannedChange = { ...plan, workspace }
  const stored = await load(world.oracle, {
    identities: planned.identities.map(({ address }) => ({ workspace, account: 'mail', address })),
    documents: planned.documents.map(({ kind, n }) => ({ workspace, kind, id: id(n) })),
    externals: externalIds.map((externalId) => ({ workspace, account: 'mail', externalId })),
    deliveries: planned.deliveries.map(({ of, seq }) => ({ workspace, conversation: id(of), seq })),
  })
  const version = (row: { readonly version: number } | undefined, slip: number): number =>
    (row?.version ?? 0) + 1 + slip
  const changeset = change(workspace, {
    conversations: await conversationsOf(world, planned),
    identities: planned.identities.map(({ address, slip, contact: by, conversation: of }) =>
      identity(address, {
        contact: id(by),
        conversation: of === null ? null : id(of),
        version: version(
          stored.identities.find((row) => row.address === address),
          slip,
        ),
      }),
    ),
    dropIdentities: planned.dropIdentities.map(({ address }) => ({ account: 'mail', address })),
    documents: planned.documents.map(({ kind, n, slip, parent, words, keep }) =>
      document(kind, n, {
        version: version(
          stored.documents.find((row) => row.kind === kind && row.id === id(n)),
          slip,
        ),
        parent: parent === null ? null : id(parent),
        words: words ?? '',
        data: keep ? `${world.made}` : null,
      }),
    ),
    moveExternals: planned.moveExternals.flatMap(({ back, slip, of }) =>
      recent(stored.externals, back).map(({ externalId }) => ({
        account: 'mail',
        externalId: slip === 0 ? externalId : '<unknown>',
        conversation: id(of),
        seq: 2,
        at: world.now,
      })),
    ),
    externals: planned.externals.map(({ externalId, of }) => ({
      account: 'mail',
      externalId,
      conversation: id(of),
      seq: 1,
      at: world.now,
    })),
    entries: await entriesOf(world, planned),
    deliveries: planned.deliveries.map(({ of, seq, slip }) =>
      delivery(of, seq, {
        version: version(
          stored.deliveries.find((row) => row.conversation === id(of) && row.seq === seq),
          slip,
        ),
      }),
    ),
    amendments: planned.amendments.map(({ of, seq }) => ({ conversation: id(of), seq, data: `${world.made}` })),
    work: planned.work.map(({ kind, lane, due, key, late }) => {
      const made = late ? freshLate(world) : fresh(world)
      return { ...work(0, { kind, lane, due: noon + due, key }), id: made }
    }),
    cancel: planned.cancel,
    settle: settled.map(({ item, slip, retryIn, holdFor }) => ({
      id: item.id,
      attempts: item.attempts + slip,
      ...(retryIn === null ? {} : { retryAt: world.now + retryIn }),
      ...(retryIn !== null || holdFor === null ? {} : { hold: { now: world.now, leaseMs: holdFor } }),
    })),
    park: planned.park.map(({ externalId }) => {
      const made = fresh(world)
      world.parked.push(made)
      return { id: made, account: 'mail', externalId, at: world.now, data: '{}' }
    }),
    unpark: planned.unpark.flatMap((back) => recent(world.parked, back)),
    drafts: planned.drafts.map(({ of, agent, mode, keep }) => ({
      conversation: id(of),
      agent,
      mode,
      data: keep ? `draft ${world.made}` : null,
      at: world.now,
    })),
    settings: planned.settings.map(({ kind, id: of, keep }) => ({ kind, id: of, data: keep ? `${world.made}` : null })),
    quarantine: planned.quarantine.map((body) => {
      const made = fresh(world)
      world.quarantined.push(made)
      return { id: made, account: 'mail', at: world.now, reason: 'unreadable', head: '{}', body }
    }),
    release: planned.release.flatMap((back) => recent(world.quarantined, back)),
    counters: planned.counters,
    limits: planned.limits,
    erase: planned.erase.map(({ of, ...what }) => ({ conversation: id(of), ...what })),
  })
  world.made += 1
  return changeset
}
