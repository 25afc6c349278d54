import type { Blobs } from '@guichet/engine/ports'
import fc from 'fast-check'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, history, listed, message, officeOf } from '../office.ts'

const hour = 60 * 60 * 1_000

const base64 = (bytes: ReadonlyArray<number>): string => Buffer.from(bytes).toString('base64')

/** Times as providers send them: behind, ahead by any amount, with fractions, from before the epoch. */
const times = fc.oneof(
  fc.integer({ min: -48, max: 48 }).map((hours) => hours * hour),
  fc.constantFrom(0, -1, 1, 0.5, -0.25, 1e15, -1e15, 1e300),
)

export const timeCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G08 provider time and received time are both kept, and a clock that runs ahead is held back',
    body: async (rig) => {
      const office = await rig.office()
      const now = rig.clock.now()
      const id = await office.arrives('chat', message('zoe', 'late', { at: now - hour }))
      await office.deliver('chat', message('zoe', 'from the future', { at: now + hour }), message('zoe', 'no time'))
      const { messages, entries } = await history(office.as('ana'), id)
      same(
        messages.map(({ text, sentAt, receivedAt }) => [text, sentAt, receivedAt]),
        [
          ['late', now - hour, now],
          ['from the future', now, now],
          ['no time', now, now],
        ],
        'sent and received',
      )
      same(
        entries.map(({ what }) => (what._tag === 'MessageReceived' ? (what.message.providerAt ?? null) : 'other')),
        [now - hour, now + hour, null],
        'what the provider said',
      )
    },
  },
  {
    name: 'G08 whatever times a provider claims, messages are read in the clamped order and no list is upset',
    body: async (rig) => {
      const office = await rig.office()
      let run = 0
      await fc.assert(
        fc.asyncProperty(fc.array(times, { minLength: 1, maxLength: 8 }), async (offsets) => {
          run += 1
          const now = rig.clock.now()
          const person = `person ${run}`
          const said = offsets.map((offset, n) => ({ at: now + offset, text: `words ${n}` }))
          await office.deliver('chat', ...said.map(({ at, text }) => message(person, text, { at })))
          const mine = (await listed(office.as('ana'))).find(({ contact }) => contact.address === person)
          assert(mine !== undefined, 'the conversation is listed')
          assert(mine.lastActivity <= now, 'the last activity lies in the future')
          const page = granted(await office.as('ana').timeline(mine.id))
          const expected = said
            .map(({ at, text }, seq) => ({ at: Math.min(at, now), text, seq }))
            .sort((a, b) => Math.floor(a.at) - Math.floor(b.at) || a.seq - b.seq)
          same(
            page.messages.map(({ text }) => text),
            expected.map(({ text }) => text),
            'the messages as they are read',
          )
          assert(
            page.messages.every(({ sentAt }) => sentAt <= now),
            'a message lies in the future',
          )
          // Pages of one, so that every position is once the end of a page.
          const [paged, whole] = [await listed(office.as('ana'), { limit: 1 }), await listed(office.as('ana'))]
          same(
            paged.map(({ id }) => id),
            whole.map(({ id }) => id),
            'the list by pages',
          )
          rig.clock.advance(1_000)
        }),
        { numRuns: 20 },
      )
    },
  },
]

export const mediaCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G09 every file of a message arrives with its bytes, also what no text refers to and more than we may send',
    body: async (rig) => {
      const office = await rig.office()
      const files = Array.from({ length: 7 }, (_, n) => ({
        name: n === 0 ? '../../etc/passwd' : `file ${n}`,
        mime: n % 2 === 0 ? 'image/png' : 'application/x-unheard-of',
        bytes: base64([n, 255, 0, n]),
      }))
      const id = await office.arrives('chat', message('zoe', 'see attached', { html: '<p>see attached</p>', files }))
      const [received] = (await history(office.as('ana'), id)).messages
      const found = received?.parts.flatMap((part) => (part._tag === 'File' ? [part.file] : [])) ?? []
      same(
        found.map(({ name, mime, size }) => [name, mime, size]),
        files.map(({ name, mime }) => [name, mime, 4]),
        'the files',
      )
      for (const [n, { blob }] of found.entries()) {
        const read = granted(await office.as('ana').file(id, blob))
        same([...read.bytes], [n, 255, 0, n], `the bytes of file ${n}`)
      }
    },
  },
  {
    name: 'G09 a file alone is a message, and neither words nor file is none',
    body: async (rig) => {
      const office = await rig.office()
      const alone = { type: 'message' as const, id: 'alone', from: { address: 'zoe' } }
      const empty = { name: 'empty.txt', mime: 'text/plain', bytes: '' }
      const id = await office.arrives('chat', { ...alone, files: [empty] })
      same((await listed(office.as('ana')))[0]?.preview, 'empty.txt', 'the preview')
      const receipts = await office.deliver(
        'chat',
        { ...alone, id: 'nothing' },
        { ...alone, id: 'space', text: ' \n\t', html: '<p> </p>' },
      )
      same(
        receipts,
        [1, 2].map(() => ({ _tag: 'Rejected', reason: 'Empty' })),
        'nothing said',
      )
      same((await history(office.as('ana'), id)).messages.length, 1, 'messages')
    },
  },
  {
    name: 'G09 a message whose files cannot be kept is not acknowledged, and arrives whole when it comes again',
    body: async (rig) => {
      rig.expect('receive')
      const office = await rig.office()
      const kept = new Map<string, Uint8Array>()
      let full = true
      const blobs: Blobs = {
        put: (_, key, bytes) => {
          if (full) throw new Error('the disk is full')
          kept.set(key, bytes)
        },
        get: (_, key) => kept.get(key),
        delete: (_, key) => void kept.delete(key),
      }
      const here = officeOf(await rig.start({ blobs }), office.id)
      const picture = message('zoe', 'a picture', {
        files: [{ name: 'a.png', mime: 'image/png', bytes: base64([1, 2]) }],
      })
      same((await here.post('chat', JSON.stringify(picture))).status, 503, 'with a full disk')
      same(await listed(here.as('ana')), [], 'conversations')
      full = false
      const id = await here.arrives('chat', picture)
      const [received] = (await history(here.as('ana'), id)).messages
      const blob = received?.parts.flatMap((part) => (part._tag === 'File' ? [part.file.blob] : []))[0] ?? ''
      same([...granted(await here.as('ana').file(id, blob)).bytes], [1, 2], 'the bytes')
      same((await here.deliver('chat', picture))[0]?._tag, 'Duplicate', 'delivered again')
      same(kept.size, 1, 'files that are kept')
    },
  },
]
