import { countChanges, loadScope, scopesSeen } from '@guichet/engine/domain'
import { memoryStorage } from '@guichet/engine/memory'
import type { Snapshot, Storage } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { makeBus } from '../../src/runtime/bus.ts'
import { type Changes, merge } from '../../src/runtime/changes.ts'
import { makeCommitter } from '../../src/runtime/committer.ts'
import { makeView } from '../../src/runtime/view.ts'
import { after, by, opened } from '../domain/shop.ts'

const workspace = 'w'
const nothing: Snapshot = {
  conversations: [],
  identities: [],
  externals: [],
  documents: [],
  deliveries: [],
  counters: [],
}
const fresh = opened()
const conversation = (id: string) => ({ ...fresh, id })
const claimed = (id: string) => ({ ...conversation(id), owner: 'ana', assignees: ['ana'] })
const capacity = 2

/** Gives a conversation to Ana while she has room for it. */
const assigning = (id: string) => ({
  workspace,
  needs: { conversations: [{ workspace, id }], counters: [{ workspace, scope: loadScope('ana') }] },
  decide: (view: ReturnType<typeof makeView>) => {
    const before = view.conversation(workspace, id)
    const load = view.counter(workspace, loadScope('ana'), 'open')
    const changes: Changes =
      load >= capacity || before === undefined
        ? { workspace }
        : {
            workspace,
            conversations: [{ before, after: { ...before, seq: before.seq + 1, owner: 'ana', assignees: ['ana'] } }],
            limits: [{ scope: loadScope('ana'), bucket: 'open', atMost: capacity }],
          }
    return { _tag: 'Decided' as const, value: changes.conversations !== undefined, changes }
  },
})

const identity = (version: number, contact = 'claire') => ({
  account: 'site',
  address: 'claire',
  contact,
  conversation: null,
  verified: false,
  version,
})

const contact = (version: number, data: string | null) => ({
  kind: 'contact',
  id: 'claire',
  version,
  parent: null,
  words: '',
  data,
})

describe('what an agent has in hand', () => {
  it('is counted while it is open and the team’s, and shows in no tab', () => {
    const mine = after(fresh, { _tag: 'Claim' }, by('ana'))
    const load = countChanges(undefined, mine).filter(({ scope }) => scope === loadScope('ana'))
    expect(load).toEqual([{ scope: 'load:ana', bucket: 'open', by: 1 }])
    const closed = after(mine, { _tag: 'Close' }, by('ana'))
    expect(countChanges(mine, closed)).toContainEqual({ scope: 'load:ana', bucket: 'open', by: -1 })
    expect(countChanges(undefined, fresh).some(({ scope }) => scope.startsWith('load:'))).toBe(false)
    expect(countChanges(undefined, { ...mine, control: 'bot' }).some(({ scope }) => scope.startsWith('load:'))).toBe(
      false,
    )
    expect(scopesSeen({ _tag: 'All' }, ['service'])).not.toContain(loadScope('ana'))
    expect(loadScope('a:b%')).toBe('load:a%3Ab%25')
  })
})

describe('the decisions of one batch', () => {
  it('see what those before them add to a counter', () => {
    const view = makeView({ ...nothing, counters: [{ workspace, scope: loadScope('ana'), bucket: 'open', by: 1 }] })
    const load = (of = workspace): number => view.counter(of, loadScope('ana'), 'open')
    expect([load(), load('other')]).toEqual([1, 0])
    view.apply({ workspace, conversations: [{ before: conversation('c1'), after: claimed('c1') }] })
    expect(load()).toBe(2)
    view.apply({ workspace, conversations: [{ before: undefined, after: claimed('c2') }] })
    view.apply({ workspace, conversations: [{ before: claimed('c1'), after: { ...claimed('c1'), status: 'closed' } }] })
    expect([load(), load(), load('other')]).toEqual([2, 2, 0])
  })

  it('fill an agent’s capacity and never pass it, however many decide at once and elsewhere', async () => {
    const storage = memoryStorage()
    let loads = 0
    let open = (): void => undefined
    const bothHaveLoaded = new Promise<void>((resolve) => {
      open = resolve
    })
    // Nobody commits before both have seen an empty hand, so that only the limit in the changeset can tell.
    const slow: Storage = {
      ...storage,
      load: async (request) => {
        const snapshot = await storage.load(request)
        loads += 1
        if (loads === 2) open()
        await bothHaveLoaded
        return snapshot
      },
    }
    const committers = [1, 2].map(() =>
      makeCommitter(
        slow,
        makeBus(() => undefined),
        () => 0,
      ),
    )
    const ids = Array.from({ length: 8 }, (_, n) => `c${n}`)
    const opening = ids.map((id) => ({ before: undefined, after: conversation(id) }))
    await storage.commit([merge(workspace, [{ workspace, conversations: opening }])])
    const given = await Promise.all(
      ids.map(async (id, n) => (await committers[n % 2]?.submit(assigning(id)))?.value === true),
    )
    expect(given.filter(Boolean)).toHaveLength(capacity)
    expect(await storage.counters(workspace, [loadScope('ana')])).toEqual([
      { scope: loadScope('ana'), bucket: 'open', by: capacity },
    ])
  })

  it('keep every limit when they are merged', () => {
    const limit = (atMost: number) => ({ scope: 'load:ana', bucket: 'open', atMost })
    const merged = merge(workspace, [
      { workspace, limits: [limit(3)] },
      { workspace, limits: [limit(2)] },
    ])
    expect(merged.limits).toEqual([limit(3), limit(2)])
  })

  it('put what stands beside a message once, as the last of them left it, and nothing of what was erased', () => {
    const beside = (seq: number, data: string) => ({ conversation: 'c1', seq, data })
    const merged = merge(workspace, [
      { workspace, amendments: [beside(1, 'a'), beside(2, 'b')] },
      { workspace, amendments: [beside(1, 'c')] },
      { workspace, erase: [{ conversation: 'c1', seq: 2 }] },
    ])
    expect(merged.amendments).toEqual([beside(1, 'c')])
  })

  it('see what those before them wrote beside messages, and what is left of what they erased', () => {
    const entry = (data: string) =>
      ({
        conversation: 'c1',
        seq: 1,
        kind: 'in',
        type: 'T',
        actorKind: 'contact',
        actor: 'a',
        at: 0,
        body: data,
        data,
      }) as const
    const view = makeView(nothing)
    const stored = entry('as stored')
    const seen = () => view.entry(workspace, 'c1', 1, stored)?.data
    const beside = () => view.amendment(workspace, 'c1', 1, { conversation: 'c1', seq: 1, data: 'stored' })?.data
    expect([seen(), beside()]).toEqual(['as stored', 'stored'])
    view.apply({ workspace, entries: [], amendments: [{ conversation: 'c1', seq: 1, data: 'new' }] })
    expect([seen(), beside(), view.entry(workspace, 'c1', 2, undefined)]).toEqual(['as stored', 'new', undefined])
    view.apply({ workspace, entries: [{ ...entry('two'), seq: 2 }] })
    view.apply({
      workspace,
      entries: [],
      erase: [1, 2].map((seq) => ({ conversation: 'c1', seq, data: 'blank' })),
    })
    expect([seen(), beside(), view.entry(workspace, 'c1', 2, undefined)?.data]).toEqual(['blank', undefined, 'blank'])
    expect(view.entry('other', 'c1', 2, undefined)).toBeUndefined()
  })

  it('drop an identity that an earlier one has put, and put it again', () => {
    const dropIdentities = [{ account: 'site', address: 'claire' }]
    const put = { workspace, identities: [identity(1)] }
    const dropped = merge(workspace, [put, { workspace, dropIdentities }])
    expect([dropped.identities, dropped.dropIdentities]).toEqual([[], dropIdentities])
    const again = merge(workspace, [
      put,
      { workspace, dropIdentities },
      { workspace, identities: [identity(1, 'max')] },
    ])
    expect(again.identities).toEqual([identity(1, 'max')])
  })

  it('see no document that an earlier one removed, nor an identity that it dropped', () => {
    const view = makeView({
      ...nothing,
      documents: [{ ...contact(3, '{}'), workspace }],
      identities: [{ ...identity(2), workspace }],
    })
    view.apply({
      workspace,
      documents: [contact(4, null)],
      dropIdentities: [{ account: 'site', address: 'claire' }],
    })
    expect(view.document(workspace, 'contact', 'claire')).toBeUndefined()
    expect(view.identity(workspace, 'site', 'claire')).toBeUndefined()
  })

  it('change a document as one, over the version that was stored', async () => {
    const storage = memoryStorage()
    await storage.commit([merge(workspace, [{ workspace, documents: [contact(1, '"a"')] }])])
    const merged = merge(workspace, [
      { workspace, documents: [contact(2, '"b"'), { ...contact(1, '"other"'), kind: 'company' }] },
      { workspace, documents: [contact(3, null)] },
      { workspace, documents: [contact(1, '"c"')] },
    ])
    expect(merged.documents).toEqual([contact(2, '"c"'), { ...contact(1, '"other"'), kind: 'company' }])
    expect(await storage.commit([merged])).toEqual([{ _tag: 'Committed', position: 0 }])
  })
})
