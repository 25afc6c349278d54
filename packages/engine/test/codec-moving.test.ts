import type { Entry, Happening } from '@guichet/engine/domain'
import { describe, expect, it } from 'vitest'
import { decodeAmendment, encodeAmendment } from '../src/codec/amendment.ts'
import { decodeEntry, encodeEntry, movedEntry } from '../src/codec/entry.ts'

const entry = (what: Happening): Entry => ({ seq: 4, at: 9, actor: { kind: 'agent', id: 'ana' }, what })

const message = {
  direction: 'in',
  author: { kind: 'contact', id: 'zoe' },
  parts: [{ _tag: 'Text', text: 'about my secret' }],
  matched: 'contact',
  sentAt: 5,
  externalId: 'm1',
  quote: 2,
  meta: { subject: 'secret' },
} as const

describe('what moving and merging write down', () => {
  const happenings: ReadonlyArray<Happening> = [
    { _tag: 'MessageMovedIn', message, from: { conversation: 'c1', seq: 3 }, receivedAt: 6 },
    { _tag: 'MessagesMovedOut', messages: [1, 3], to: 'c2', last: null },
    { _tag: 'MessagesMovedOut', messages: [1], to: 'c2', last: { seq: 2, by: 'agent', preview: 'Oui' } },
    { _tag: 'MergedInto', into: 'c2', owner: null, cancelled: [7] },
    {
      _tag: 'Merged',
      from: 'c1',
      tags: ['vip'],
      participants: ['ben'],
      known: ['zoe'],
      status: 'open',
      control: 'team',
    },
    { _tag: 'Reacted', message: 1, emoji: null },
  ]
  for (const what of happenings) {
    it(`is read back as it was: ${what._tag}`, () => {
      expect(decodeEntry(encodeEntry('c2', entry(what)))).toEqual(entry(what))
    })
  }

  it('is found by its words where it came, as the kind of message it is', () => {
    const [first] = happenings
    if (first === undefined) throw new Error('there is none')
    expect(encodeEntry('c2', entry(first))).toMatchObject({ kind: 'in', body: 'about my secret' })
  })

  it('leaves nothing of a message where it was but where it went', () => {
    const stored = encodeEntry('c1', entry({ _tag: 'MessageReceived', message }))
    const left = movedEntry(decodeEntry(stored), { conversation: 'c2', seq: 1 })
    expect(left).not.toContain('secret')
    expect(left).not.toContain('m1')
    const { what } = decodeEntry({ ...stored, body: null, data: left })
    expect(what).toEqual({
      _tag: 'MessageReceived',
      message: {
        direction: 'in',
        author: { kind: 'contact', id: 'zoe' },
        parts: [],
        matched: 'contact',
        sentAt: 5,
        movedTo: { conversation: 'c2', seq: 1 },
      },
    })
  })

  it('keeps whatever stands beside a message, also what this version does not know', () => {
    const row = encodeAmendment({ reactions: [{ by: { kind: 'agent', id: 'ana' }, emoji: '👍' }] })
    expect(decodeAmendment(row)).toEqual({ reactions: [{ by: { kind: 'agent', id: 'ana' }, emoji: '👍' }] })
    const later = JSON.stringify({ v: 1, edits: [2], pinned: true })
    expect(decodeAmendment(later)).toEqual({ edits: [2], pinned: true })
  })
})
