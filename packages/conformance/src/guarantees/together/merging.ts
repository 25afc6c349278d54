import { assert, same } from '../../assert.ts'
import { tokenOf } from '../../channel/loopback-protocol.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, listed, message, officeOf, refused, secret } from '../office.ts'
import { filesIn } from './files.ts'
import { words } from './words.ts'

const note = { name: 'note.txt', mime: 'text/plain', bytes: Buffer.from('on paper').toString('base64') }

/** Two matters of one customer by mail. */
const two = async (office: Office, person = 'zoe'): Promise<readonly [string, string]> => [
  await office.arrives('mail', message(person, 'the first', { id: `${person}-1`, subject: 'First' })),
  await office.arrives('mail', message(person, 'the second', { id: `${person}-2`, files: [note] })),
]

export const mergingCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G37 what is asked of a conversation that was merged is asked of the one it went into, over any number of merges',
    body: async (rig) => {
      const office = await rig.office()
      const ana = office.as('ana')
      const [first, second] = await two(office)
      const third = await office.arrives('mail', message('zoe', 'the third', { id: 'm3' }))
      granted(await ana.note(second, { text: 'a note', mentions: ['ben'] }))
      granted(await ana.saveDraft(second, 'half an answer'))
      const before = await words(office, first, second, third)
      same(granted(await ana.merge(second, { into: first })).conversation.id, first, 'where it is now')
      granted(await ana.merge(first, { into: third }))
      same(refused(await ana.merge(second, { into: third })), { _tag: 'Same' }, 'what is merged already')
      same(refused(await ana.merge(third, { into: first })), { _tag: 'Same' }, 'the other way round')
      same(await words(office, third), before, 'what is written in it')
      for (const id of [first, second]) {
        same(granted(await ana.get(id)).id, third, 'get')
        same((await history(ana, id)).messages, (await history(ana, third)).messages, 'the timeline')
        granted(await ana.markRead(id))
      }
      same(granted(await ana.get(third)).unread, 0, 'unread')
      same(granted(await ana.draft(second)), 'half an answer', 'what was typed there')
      const shown = [...(await listed(ana)), ...(await listed(office.as('mia'), { tab: 'closed' }))]
      same([...new Set(shown.map(({ id }) => id))], [third], 'what lists show')
      same((await ana.counts()).all, 1, 'the count of all')
      granted(await ana.reply(second, { text: 'an answer to all of it', idempotencyKey: 'once' }))
      granted(await ana.reply(second, { text: 'an answer to all of it', idempotencyKey: 'once' }))
      const conflict = refused(await ana.close(first, { expectedVersion: 1 }))
      same(conflict._tag, 'Conflict', 'who expects what the old one was')
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['an answer to all of it'], 'what zoe has')
      const { entries } = await history(ana, third)
      const joined = entries.flatMap(({ what }) => (what._tag === 'Merged' ? [what.from] : []))
      same(joined, [first], 'what the journal says')
    },
  },
  {
    name: 'G37 a command on a message of a merged conversation is about that message, wherever it stands now',
    body: async (rig) => {
      const office = await rig.office()
      const ana = office.as('ana')
      const [first, second] = await two(office)
      granted(await ana.note(first, { text: 'the note of the first' }))
      const mine = granted(await ana.note(second, { text: 'the note of the second' })).entry?.seq ?? 0
      granted(await ana.merge(second, { into: first }))
      granted(await ana.edit(second, { message: mine, text: 'the note of the second, better' }))
      granted(await ana.react(second, { message: 1, emoji: '👍' }))
      const { messages } = await history(ana, first)
      same(
        messages.map(({ text, reactions }) => [text, reactions.map(({ emoji }) => emoji)]),
        [
          ['the first', []],
          ['the note of the first', []],
          ['the second', ['👍']],
          ['the note of the second, better', []],
        ],
        'the messages',
      )
      same(
        refused(await ana.edit(second, { message: 9, text: 'x' })),
        { _tag: 'UnknownMessage', message: 0 },
        'no message',
      )
    },
  },
  {
    name: 'G37 an answer of the customer reaches the conversation that hers was merged into',
    body: async (rig) => {
      const office = await rig.office()
      const ana = office.as('ana')
      const [first, second] = await two(office)
      granted(await ana.reply(second, { text: 'an answer' }))
      await rig.engine().settle()
      granted(await ana.merge(second, { into: first }))
      const answers = [
        message('zoe', 'by token', { id: 'a1', token: tokenOf(secret, second) }),
        message('zoe', 'by the id of hers', { id: 'a2', answers: ['zoe-2'] }),
        message('zoe', 'by the id of ours', { id: 'a3', answers: [`${second}.2`] }),
        message('zoe', 'by number', { id: 'a4', about: second }),
      ]
      for (const answer of answers) same(await office.arrives('mail', answer), first, JSON.stringify(answer))
      const chat = await office.arrives('chat', message('yan', 'one'))
      granted(await ana.archive(chat))
      const later = await office.arrives('chat', message('yan', 'two'))
      assert(later !== chat, 'an archived one is followed by a new one')
      granted(await ana.merge(later, { into: chat }))
      same(granted(await ana.get(later)).status, 'open', 'somebody who waits is not buried in an archive')
      same(await office.arrives('chat', message('yan', 'three')), chat, 'in a channel of one thread')
    },
  },
  {
    name: 'G37 a merge brings files, tags and people, cancels what was scheduled, and deleting it later deletes it all',
    body: async (rig) => {
      const office = await rig.office()
      const [ana, mia] = [office.as('ana'), office.as('mia')]
      const [first, second] = await two(office)
      granted(await ana.tag(second, { tags: ['vip'] }))
      granted(await ana.setSubject(second, { subject: 'a broken chair' }))
      granted(await ana.rename(second, { title: 'the chair of zoe' }))
      granted(await ana.claim(second))
      granted(await ana.invite(second, { agents: ['dan'] }))
      granted(await ana.schedule(second, { text: 'not any more', at: rig.clock.now() + 60_000 }))
      granted(await ana.merge(second, { into: first }))
      const { state } = granted(await mia.get(first))
      same([state.tags, [...state.participants].sort()], [['vip'], ['ana', 'dan']], 'tags and people')
      rig.clock.advance(120_000)
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), [], 'what was sent')
      const [file] = (await history(mia, second)).messages.flatMap(filesIn)
      assert(file !== undefined, 'the file')
      same(Buffer.from(granted(await ana.file(second, file.blob)).bytes).toString(), 'on paper', 'what is in it')
      granted(await mia.delete(second))
      await rig.engine().settle()
      same(refused(await mia.get(first)), { _tag: 'NotFound' }, 'the one it went into')
      same(refused(await mia.get(second)), { _tag: 'NotFound' }, 'the one that went')
      same((await mia.search('paper second')).messages, [], 'what is found')
      const rest = JSON.stringify(
        await rig.store().timeline({ workspace: office.id, conversation: second, limit: 500 }),
      )
      for (const word of ['zoe', 'second', 'chair', 'paper', 'any more']) {
        assert(!rest.includes(word), `${word} stays in what was merged away: ${rest}`)
      }
    },
  },
  {
    name: 'G37 what belongs to two customers, two accounts or somebody else stays apart',
    body: async (rig) => {
      const office = await rig.office()
      const [ana, ben] = [office.as('ana'), office.as('ben')]
      const zoe = await office.arrives('chat', message('zoe', 'one'))
      const yan = await office.arrives('chat', message('yan', 'one'))
      const other = await office.arrives('chat2', message('zoe', 'one', { id: 'elsewhere' }))
      const hidden = await office.arrives('vault', message('zoe', 'one', { id: 'in the vault' }))
      granted(await ana.claim(hidden))
      same(refused(await ana.merge(zoe, { into: yan })), { _tag: 'Mismatch', what: 'contact' }, 'two customers')
      same(refused(await ana.merge(zoe, { into: other })), { _tag: 'Mismatch', what: 'account' }, 'two accounts')
      same(refused(await ana.merge(zoe, { into: zoe })), { _tag: 'Same' }, 'into itself')
      for (const [from, into] of [
        [zoe, hidden],
        [hidden, zoe],
        [zoe, 'nothing'],
      ] as const) {
        same(refused(await ben.merge(from, { into })), { _tag: 'NotFound' }, 'what is out of sight or not there')
      }
      granted(await ana.claim(zoe))
      same(refused(await ben.split(zoe, { message: 1 })), { _tag: 'NotOwner', owner: 'ana' }, "somebody else's")
      same((await history(ana, zoe)).messages.length, 1, 'what is left of it')
    },
  },
  {
    name: 'G37 merges at once, from two engines, with messages coming in, lose and double nothing',
    body: async (rig) => {
      const office = await rig.office()
      const [one, other] = [office, officeOf(await rig.start(), office.id)]
      for (const round of [1, 2, 3, 4]) {
        const person = `person ${round}`
        const [first, second] = await two(office, person)
        const answer = (n: number, to: string) =>
          message(person, `answer ${n}`, { id: `${person}-a${n}`, answers: [`${person}-${to}`] })
        const [there, back] = await Promise.all([
          one.as('ana').merge(first, { into: second }),
          other.as('ben').merge(second, { into: first }),
          one.deliver('mail', answer(1, '1')),
          other.deliver('mail', answer(2, '2')),
          one.deliver('mail', answer(3, '2')),
        ])
        same([there.ok, back.ok].filter(Boolean).length, 1, 'how many went through')
        const lost = there.ok ? back : there
        same(refused(lost), { _tag: 'Same' }, 'what the other was told')
        const id = granted(await one.as('mia').get(first)).id
        same(granted(await one.as('mia').get(second)).id, id, 'both lead to one')
        same(
          (await words(office, id)).map((line) => line.split(' ').slice(3).join(' ')).sort(),
          ['answer 1', 'answer 2', 'answer 3', 'the first', 'the second note.txt'],
          'what is written in it',
        )
        same(
          (await history(one.as('mia'), id)).messages.filter(({ deleted }) => deleted),
          [],
          'nothing is blank',
        )
      }
    },
  },
]
