import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeContact, decodeContactEntry, encodeContact, linesOf } from '../src/codec/contact.ts'
import { decodeConversation, encodeConversation } from '../src/codec/conversation.ts'
import { decodeDelivery, encodeDelivery } from '../src/codec/delivery.ts'
import { blankEntry, decodeEntry, encodeEntry } from '../src/codec/entry.ts'
import { decodeEvent, encodeEvent } from '../src/codec/event.ts'
import {
  decodeWorkspaceEntry,
  encodeJournalLength,
  encodeWorkspaceEntry,
  journalLength,
} from '../src/codec/workspace.ts'
import { newContact } from '../src/domain/contact/fields.ts'
import type { Entry } from '../src/domain/conversation/entry.ts'
import type { Part } from '../src/domain/message/part.ts'
import type { WorkspaceEntry } from '../src/domain/workspace/entry.ts'
import { history, live } from './domain/history.ts'

const actor = { kind: 'contact', id: 'claire' } as const

const message = (text: string, subject: string | null, parts?: ReadonlyArray<Part>): Entry => ({
  seq: 1,
  at: 5,
  actor,
  what: {
    _tag: 'MessageReceived',
    message: {
      direction: 'in',
      author: actor,
      parts: parts ?? [
        { _tag: 'Html', html: `<p>${text}</p>` },
        { _tag: 'Text', text },
      ],
      sentAt: 4,
      matched: 'none',
    },
    start: {
      conversation: 'c',
      account: 'a',
      channel: 'x',
      contact: 'claire',
      address: 'b',
      queue: 'q',
      control: 'team',
      subject,
      follows: null,
    },
  },
})

describe('what is written down is read back', () => {
  it('every state and every entry of every history', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { states, journal } = live(steps)
        for (const state of states) expect(decodeConversation(encodeConversation(state))).toEqual(state)
        for (const entry of journal) expect(decodeEntry(encodeEntry('c1', entry))).toEqual(entry)
      }),
      { numRuns: 200 },
    )
  })

  it('the promises that an entry changed, also when none runs any more', () => {
    const clock = fc.record({
      policy: fc.option(fc.string()),
      firstResponse: fc.option(fc.nat()),
      nextResponse: fc.option(fc.nat()),
      resolution: fc.option(fc.nat()),
      missed: fc.subarray(['firstResponse', 'nextResponse', 'resolution'] as const),
      began: fc.option(fc.nat()),
      asked: fc.option(fc.nat()),
      answered: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.option(clock), fc.boolean(), (sla, spoken) => {
        const bare: Entry = { seq: 2, at: 5, actor, what: { _tag: 'Reopened' } }
        const entry = { ...(spoken ? message('hello', null) : bare), sla }
        expect(decodeEntry(encodeEntry('c', entry))).toEqual(entry)
      }),
    )
  })

  it('a message that was elsewhere before, as what it was there', () => {
    const moved = (direction: 'in' | 'out' | 'note'): Entry => {
      const said = { author: actor, parts: [{ _tag: 'Text' as const, text: 'hello' }], sentAt: 4 }
      const from = { source: 'old desk' }
      switch (direction) {
        case 'in':
          return { ...at, what: { _tag: 'MessageMovedIn', from, message: { ...said, direction, matched: 'import' } } }
        case 'out':
          return { ...at, what: { _tag: 'MessageMovedIn', from, message: { ...said, direction } } }
        case 'note':
          return { ...at, what: { _tag: 'MessageMovedIn', from, message: { ...said, direction, mentions: [] } } }
      }
    }
    const at = { seq: 1, at: 5, actor }
    for (const direction of ['in', 'out', 'note'] as const) {
      const stored = encodeEntry('c', moved(direction))
      expect([stored.kind, stored.body]).toEqual([direction, 'hello'])
      expect(decodeEntry(stored)).toEqual(moved(direction))
      expect(blankEntry(moved(direction))).not.toContain('hello')
    }
  })

  it('what a workspace did as a whole, apart from what was done to a contact', () => {
    const entry: WorkspaceEntry = {
      at: 5,
      actor: { kind: 'system', id: 'engine' },
      what: { _tag: 'RetentionRan', status: 'closed', deleted: 3, before: 4 },
    }
    const stored = encodeWorkspaceEntry(7, entry)
    expect([stored.kind, stored.seq]).toEqual(['record', 7])
    expect(decodeWorkspaceEntry(stored)).toEqual(entry)
    expect(decodeContactEntry(stored)).toBeUndefined()
    expect(journalLength(undefined)).toBe(0)
    expect(journalLength(encodeJournalLength(7, 2))).toBe(7)
  })

  it('any words, with or without a subject, are kept once and found by search', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 50 }),
        fc.option(fc.string({ maxLength: 20 })),
        (text, subject) => {
          const entry = message(text, subject)
          const stored = encodeEntry('c', entry)
          expect(decodeEntry(stored)).toEqual(entry)
          expect(stored.body).toBe(subject === null ? text : `${text}\n${subject}`)
        },
      ),
    )
  })

  it('offers and answers beside words, which are found by what they say', () => {
    const offers: ReadonlyArray<Part> = [
      { _tag: 'Choices', choices: [{ id: 'y', label: 'Yes' }] },
      { _tag: 'FormAnswer', form: 'who', values: { email: 'zoe@example.org', gift: true } },
      { _tag: 'Location', latitude: 1.5, longitude: -2, label: 'Entrepôt' },
    ]
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 2 })
    fc.assert(
      fc.property(
        texts,
        fc.subarray([...offers]),
        fc.boolean(),
        fc.option(fc.string()),
        (words, some, after, subject) => {
          const said = words.map((text): Part => ({ _tag: 'Text', text }))
          const entry = message('', subject, after ? [...some, ...said] : [...said, ...some])
          const stored = encodeEntry('c', entry)
          expect(decodeEntry(stored)).toEqual(entry)
          for (const word of words) expect(stored.body).toContain(word)
          if (some.some(({ _tag }) => _tag === 'Location')) expect(stored.body).toContain('Entrepôt')
        },
      ),
    )
  })

  it('contacts, deliveries, and events with bytes', () => {
    const contact = newContact('k', { name: 'Claire', language: 'fr', provisional: true, attributes: { page: '/' } }, 1)
    const remarks = [{ id: 'r', by: 'ana', at: 2, text: 'prefers mornings' }]
    const full = { ...contact, remarks, emails: ['c@x.org'], custom: { vip: true }, ignored: true, lastActivity: 9 }
    for (const one of [contact, full]) expect(decodeContact(encodeContact(one, 3, 7))).toEqual(one)
    expect(linesOf(encodeContact(contact, 3, 7))).toBe(7)
    const delivery = {
      status: 'sent',
      at: 3,
      attempts: 2,
      externalId: 'x',
      error: { code: 'a', message: 'b' },
    } as const
    expect(decodeDelivery(encodeDelivery({ conversation: 'c', seq: 1, account: 'a' }, delivery, 1))).toEqual(delivery)
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256)
    const event = {
      _tag: 'MessageEdited',
      externalId: 'e',
      parts: [{ _tag: 'File', file: { name: 'a', mime: 'image/png', bytes } }],
    } as const
    expect(decodeEvent(encodeEvent(event))).toEqual(event)
  })
})

describe('what is deleted for good', () => {
  it('leaves who and when, and what it did to the conversation', () => {
    const entry = message('a secret', 'Secret subject')
    const blank = decodeEntry({ ...encodeEntry('c', entry), body: null, data: blankEntry(entry) })
    expect(JSON.stringify(blank)).not.toContain('a secret')
    expect(blank).toMatchObject({
      seq: 1,
      at: 5,
      actor,
      what: { _tag: 'MessageReceived', message: { parts: [], deleted: true } },
    })
  })

  it('with its conversation leaves that something was there', () => {
    const stored = { ...encodeEntry('c', message('a secret', null)), body: null, data: '{}' }
    expect(decodeEntry(stored).what).toEqual({ _tag: 'Erased', was: 'MessageReceived' })
  })
})
