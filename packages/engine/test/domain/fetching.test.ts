import {
  type Command,
  type Facts,
  type FileRef,
  type Part,
  afterFetching,
  comingIn,
  decide,
  evolve,
  filesOf,
  react,
  withFiles,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { facts, opened, receive, start } from './shop.ts'

const coming = (blob: string): FileRef => ({
  blob,
  name: 'image',
  mime: 'image/*',
  size: 0,
  missing: { _tag: 'Coming', account: 'support', remote: { id: blob } },
})
const there = ({ missing: _, ...file }: FileRef): FileRef => file
const file = (one: FileRef): Part => ({ _tag: 'File', file: one })
const arrived = { _tag: 'Arrived', size: 3, mime: 'image/png', name: 'chair.png' } as const
const record = (fetched: Extract<Command, { readonly _tag: 'RecordFile' }>['fetched'], blob = 'b1'): Command => ({
  _tag: 'RecordFile',
  message: 1,
  blob,
  fetched,
})
const target = (files: ReadonlyArray<FileRef>, deleted = false) =>
  ({ direction: 'in', author: { kind: 'contact', id: 'claire' }, deleted, files }) as const
const asEngine = (over: Partial<Facts>): Facts => facts({ actor: { kind: 'system', id: 'engine' }, ...over })
const happens = (command: Command, over: Facts) => {
  const decision = decide(opened(), command, over)
  return decision._tag === 'Accepted' ? decision.entries[0]?.what : decision.refusal
}

describe('a file that its provider holds', () => {
  it('is fetched by work that is stored with its message, one for each file', () => {
    const received = receive('Look')
    if (received._tag !== 'Receive') throw new Error('not received')
    const parts = [file(coming('b1')), file(there(coming('b2'))), file(coming('b3'))]
    const command: Command = { ...received, message: { ...received.message, parts } }
    const decision = decide(undefined, command, facts({ actor: { kind: 'contact', id: 'claire' }, start }))
    const [entry] = decision._tag === 'Accepted' ? decision.entries : []
    const after = entry && evolve(undefined, entry)
    if (entry === undefined || after === undefined) throw new Error('refused')
    expect(react(undefined, entry, after).filter(({ _tag }) => _tag === 'Fetch')).toEqual([
      { _tag: 'Fetch', message: 1, blob: 'b1', account: 'support' },
      { _tag: 'Fetch', message: 1, blob: 'b3', account: 'support' },
    ])
  })

  it('arrives or is lost once, and only while its message has it', () => {
    const still = asEngine({ target: target([coming('b1')]) })
    expect(happens(record(arrived), still)).toEqual({
      _tag: 'FileArrived',
      message: 1,
      blob: 'b1',
      size: 3,
      mime: 'image/png',
    })
    expect(happens(record({ _tag: 'Lost', reason: '404' }), still)).toMatchObject({ _tag: 'FileLost', reason: '404' })
    for (const files of [[], [there(coming('b1'))], [afterFetching(coming('b1'), { _tag: 'Lost', reason: '404' })]]) {
      expect(happens(record(arrived), asEngine({ target: target(files) }))).toEqual({ _tag: 'NothingToDo' })
    }
    expect(happens(record(arrived), asEngine({ target: target([coming('b1')], true) }))).toMatchObject({
      _tag: 'UnknownMessage',
    })
  })

  it('is nobody’s to record but the engine’s', () => {
    const actors = [
      { kind: 'agent', id: 'ana' },
      { kind: 'contact', id: 'claire' },
    ] as const
    for (const actor of actors) {
      expect(happens(record(arrived), facts({ actor, target: target([coming('b1')]) }))).toMatchObject({
        _tag: 'Forbidden',
      })
    }
  })

  it('changes nothing of the conversation but its number', () => {
    const state = opened()
    const entry = { seq: 2, at: 9e12, actor: { kind: 'system', id: 'engine' } } as const
    const after = evolve(state, { ...entry, what: { _tag: 'FileLost', message: 1, blob: 'b1', reason: '404' } })
    expect(after).toEqual({ ...state, seq: 2 })
  })
})

describe('the files of a message as they are now', () => {
  const blob = fc.constantFrom('b1', 'b2', 'b3', 'b4')
  const parts = fc.uniqueArray(blob).map((blobs) => blobs.map((one) => file(coming(one))))

  it('are those that were named, in their order, each as it was last heard of', () => {
    fc.assert(
      fc.property(parts, fc.uniqueArray(blob), (named, known) => {
        const now = withFiles(
          named,
          known.map((one) => afterFetching(coming(one), arrived)),
        )
        expect(filesOf(now).map((one) => one.blob)).toEqual(filesOf(named).map((one) => one.blob))
        expect(comingIn(now).map((one) => one.blob)).toEqual(
          filesOf(named).flatMap((one) => (new Set<string>(known).has(one.blob) ? [] : [one.blob])),
        )
      }),
    )
  })
})
