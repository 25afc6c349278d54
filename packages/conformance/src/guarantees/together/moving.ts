import fc from 'fast-check'
import { assert, same } from '../../assert.ts'
import { tokenOf } from '../../channel/loopback-protocol.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, history, listed, message, refused, secret } from '../office.ts'
import { filesIn } from './files.ts'
import { stands, words } from './words.ts'

const longEnough = 3 * 60 * 60 * 1_000
const picture = { name: 'chair.png', mime: 'image/png', bytes: Buffer.from('a picture').toString('base64') }

export const movingCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G38 a message that is moved keeps its id, its files and its time, and is not where it was any more',
    body: async (rig) => {
      const office = await rig.office()
      const ana = office.as('ana')
      const at = rig.clock.now() - 60_000
      const id = await office.arrives('mail', message('zoe', 'the first matter', { id: 'm1', subject: 'Hello' }))
      await office.deliver(
        'mail',
        message('zoe', 'another matter', { id: 'm2', at, answers: ['m1'], files: [picture] }),
      )
      granted(await ana.reply(id, { text: 'about the first' }))
      granted(await ana.tag(id, { tags: ['vip'] }))
      const before = await words(office, id)
      const moved = granted(await ana.split(id, { message: 2, idempotencyKey: 'once' }))
      const again = granted(await ana.split(id, { message: 2, idempotencyKey: 'once' }))
      same(again.conversation.id, moved.conversation.id, 'asked twice')
      const apart = moved.conversation.id
      assert(apart !== id, 'a conversation of its own')
      const { subject, contact, queue, owner, state } = granted(await ana.get(apart))
      same(
        [subject, contact.address, queue, owner, state.follows, state.status],
        ['Hello', 'zoe', 'desk', 'ana', id, 'open'],
        'what it goes on from',
      )
      same(granted(await ana.get(id)).status, 'closed', 'the old matter')
      same(await words(office, id, apart), before, 'what is written in both')
      const [there] = (await history(ana, apart)).messages
      same([there?.externalId, there?.sentAt], ['m2', at], 'its id and its time')
      const [gone] = (await history(ana, id)).messages.filter(({ movedTo }) => movedTo !== null)
      same([gone?.seq, gone?.text, gone?.movedTo, gone?.externalId], [2, '', apart, null], 'what is left of it')
      const [file] = there === undefined ? [] : filesIn(there)
      assert(file !== undefined, 'its file')
      same(Buffer.from(granted(await ana.file(apart, file.blob)).bytes).toString(), 'a picture', 'what is in the file')
      same(refused(await ana.file(id, file.blob)), { _tag: 'NotFound' }, 'the file where it was')
      granted(await office.as('mia').delete(apart))
      await rig.engine().settle()
      assert(
        JSON.stringify(await history(office.as('mia'), id)).includes('another matter') === false,
        'nothing of it is left in the old journal',
      )
    },
  },
  {
    name: 'G38 what is said about a moved message, and what answers it, finds it where it is now',
    body: async (rig) => {
      const office = await rig.office()
      const ana = office.as('ana')
      const id = await office.arrives('mail', message('zoe', 'one', { id: 'm1' }))
      await office.deliver('mail', message('zoe', 'two', { id: 'm2', answers: ['m1'] }))
      granted(await ana.reply(id, { text: 'an answer to two' }))
      await rig.engine().settle()
      const apart = granted(await ana.split(id, { message: 2, following: true })).conversation.id
      await office.deliver(
        'mail',
        { type: 'status', id: `${id}.3`, status: 'read' },
        { type: 'edit', id: 'm2', text: 'two!' },
      )
      const { messages } = await history(ana, apart)
      same(
        messages.map(({ text, delivery }) => [text, delivery?.status ?? null]),
        [
          ['two!', null],
          ['an answer to two', 'read'],
        ],
        'what has been said about them',
      )
      const [again] = await office.deliver('mail', message('zoe', 'two', { id: 'm2', answers: ['m1'] }))
      same(again, { _tag: 'Duplicate', conversation: apart, seq: 1 }, 'a second delivery')
      const token = tokenOf(secret, id)
      const answers = [
        message('zoe', 'by the id of a moved one', { id: 'm3', answers: ['m2'] }),
        message('zoe', 'with the token of the old one beside it', { id: 'm4', token, answers: [`${id}.3`] }),
      ]
      for (const answer of answers) same(await office.arrives('mail', answer), apart, JSON.stringify(answer))
      same(
        await office.arrives('mail', message('zoe', 'to the first', { id: 'm5', token, answers: ['m1'] })),
        id,
        'where an answer to what stayed goes',
      )
    },
  },
  {
    name: 'G38 the next word of a customer whose matter was moved on goes where that went, in channels of one thread',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'one'))
      await office.arrives('chat', message('zoe', 'two'))
      const ana = office.as('ana')
      const beside = granted(await ana.split(id, { message: 1, close: false })).conversation.id
      same(await office.arrives('chat', message('zoe', 'three')), id, 'while the old one goes on')
      const apart = granted(await ana.split(id, { message: 2 })).conversation.id
      same(await office.arrives('chat', message('zoe', 'four')), apart, 'when the old one has ended')
      same(await words(office, beside), [(await words(office, beside))[0]], 'what stands beside')
      const counts = await ana.counts()
      const open = await listed(ana, { tab: 'open' })
      same([counts.open, counts.closed, counts.all], [open.length, 1, 3], 'the counts')
    },
  },
  {
    name: 'G38 what has not left yet when it is moved leaves once, from where it is',
    body: async (rig) => {
      rig.expect('send')
      const office = await rig.office()
      const ana = office.as('ana')
      const delivered = async (id: string) =>
        (await history(ana, id)).messages
          .filter(({ direction }) => direction === 'out')
          .map((one) => one.delivery?.status)
      for (const [person, behaviour] of [
        ['busy', 'retry'],
        ['slow', 'hang'],
        ['lost', 'acceptThenHang'],
      ] as const) {
        const id = await office.arrives('exact', message(person, 'hello'))
        rig.provider.script(person, behaviour)
        granted(await ana.reply(id, { text: 'one' }))
        if (behaviour === 'retry') await rig.engine().settle()
        else await rig.provider.until(() => rig.provider.attempts().some(({ to }) => to === person))
        granted(await ana.reply(id, { text: 'two' }))
        const apart = granted(await ana.split(id, { message: 2, following: true })).conversation.id
        granted(await ana.reply(apart, { text: 'three' }))
        rig.provider.release()
        await rig.engine().settle()
        rig.clock.advance(longEnough)
        await rig.engine().settle()
        same(rig.provider.inbox(person), ['one', 'two', 'three'], `what ${person} has`)
        same(await delivered(apart), ['sent', 'sent', 'sent'], `what is said of it for ${person}`)
      }
    },
  },
  {
    name: 'G38 however messages are moved about, each stands in one place, whole and in its order',
    body: async (rig) => {
      const office = await rig.office()
      const mia = office.as('mia')
      let runs = 0
      const steps = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 6 })
      await fc.assert(
        fc.asyncProperty(steps, async (plan) => {
          runs += 1
          const person = `person ${runs}`
          const id = await office.arrives('mail', message(person, 'one', { files: [picture] }))
          for (const text of ['two', 'three']) {
            await office.deliver('mail', message(person, text, { answers: [`${person}: one`] }))
          }
          granted(await mia.note(id, { text: 'a note' }))
          granted(await mia.reply(id, { text: 'an answer' }))
          granted(await mia.edit(id, { message: 4, text: 'a better note' }))
          const before = await words(office, id)
          const places = [id]
          for (const [where, which, following, close] of plan) {
            const at = places[where % places.length] ?? id
            const here = (await history(mia, at)).messages.filter(stands)
            const chosen = here[which % Math.max(1, here.length)]
            if (chosen === undefined) continue
            const done = granted(await mia.split(at, { message: chosen.seq, following, close }))
            places.push(done.conversation.id)
          }
          same(await words(office, ...places), before, 'what is written in all of them')
          for (const place of places) {
            const { entries } = await history(mia, place)
            const arrived = entries.flatMap(({ what }) => (what._tag === 'MessageMovedIn' ? [what.message.sentAt] : []))
            same(
              arrived,
              [...arrived].sort((a, b) => a - b),
              'the order in which they came',
            )
          }
        }),
        { numRuns: 15 },
      )
    },
  },
]
