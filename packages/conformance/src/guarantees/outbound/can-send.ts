import type { CanSend, Entry } from '@guichet/engine'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, officeOf, refused } from '../office.ts'
import type { Rig } from '../rig.ts'
import { echo } from '../automation/actors.ts'
import { reasons, withBots } from '../automation/desk.ts'

const hour = 3_600_000
const day = 24 * hour

const approved = { _tag: 'ProviderTemplate', name: 'again', language: 'en', values: [], text: 'May we write?' } as const

const zoe = '+33612345678'
const yan = '+33687654321'

const ask = async (office: Office, id: string): Promise<CanSend> => granted(await office.as('ana').canSend(id))

const no = (because: string, more: object = {}) => ({ _tag: 'No', because, ...more })

const cannot = (reason: string, more: object = {}) => ({ _tag: 'CannotSend', reason, ...more })

const deliveryOf = async (office: Office, id: string) => {
  const { messages } = await history(office.as('mia'), id)
  const last = messages.findLast(({ direction }) => direction === 'out')
  return [last?.delivery?.status, last?.delivery?.error?.code]
}

const tagsOf = async (office: Office, id: string): Promise<ReadonlyArray<Entry['what']['_tag']>> =>
  (await history(office.as('mia'), id)).entries.map(({ what }) => what._tag)

const word = (given: boolean, at?: number) =>
  ({
    type: 'consent',
    address: zoe,
    given,
    scope: 'all',
    word: given ? 'START' : 'STOP',
    ...(at === undefined ? {} : { at }),
  }) as const

/** A reply that the provider has not taken yet: it is tried again later. */
const delayed = async (rig: Rig, office: Office, id: string): Promise<void> => {
  rig.provider.script(zoe, 'retry')
  granted(await office.as('ana').reply(id, { text: 'one moment' }))
  await rig.engine().settle()
  same((await deliveryOf(office, id))[0], 'queued', 'what the provider has not taken')
}

export const windowCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G08 the time for an answer counts from the provider’s time, which is never in the future and never goes back',
    body: async (rig) => {
      const office = await rig.office()
      const now = rig.clock.now()
      const id = await office.arrives('phone', message(zoe, 'first', { at: now - 2 * hour }))
      same(await ask(office, id), { _tag: 'Yes', until: now + 22 * hour }, 'after the first')
      await office.arrives('phone', message(zoe, 'long ago', { at: now - 9 * hour }))
      same(await ask(office, id), { _tag: 'Yes', until: now + 22 * hour }, 'after one that came late')
      await office.arrives('phone', message(zoe, 'from tomorrow', { at: now + day }))
      same(await ask(office, id), { _tag: 'Yes', until: now + day }, 'after one from a clock that runs ahead')
      granted(await office.as('ana').archive(id))
      const next = await office.arrives('phone', message(zoe, 'later, from before', { at: now - hour }))
      assert(next !== id, 'it begins a conversation of its own')
      same(await ask(office, next), { _tag: 'Yes', until: now + day }, 'in the conversation after it')
      await rig.restart()
      same(await ask(officeOf(rig.engine(), office.id), next), { _tag: 'Yes', until: now + day }, 'after a restart')
    },
  },
  {
    name: 'G19 after the time for an answer words are refused and kept, and templates and notes are not',
    body: async (rig) => {
      const office = await rig.office()
      const ana = office.as('ana')
      const id = await office.arrives('phone', message(zoe, 'hello'))
      rig.clock.advance(day - 1)
      granted(await ana.reply(id, { text: 'in time' }))
      await rig.engine().settle()
      rig.clock.advance(1)
      same(await ask(office, id), no('window', { may: 'templates' }), 'at the end')
      same(refused(await ana.reply(id, { text: 'too late' })), cannot('window'), 'a reply')
      same(granted(await ana.draft(id)), 'too late', 'what was typed')
      const at = rig.clock.now() + hour
      same(refused(await ana.schedule(id, { text: 'in an hour', at })), cannot('window'), 'what is scheduled')
      const choices = [{ id: 'a', label: 'A' }]
      same(refused(await ana.reply(id, { parts: [{ _tag: 'Choices', choices }] })), cannot('window'), 'a question')
      granted(await ana.note(id, { text: 'she has to write first' }))
      granted(await ana.reply(id, { parts: [approved] }))
      await rig.engine().settle()
      same(rig.provider.inbox(zoe).length, 2, 'what the customer has')
      await office.arrives('phone', message(zoe, 'yes?'))
      granted(await ana.reply(id, { text: 'as I said' }))
      await rig.engine().settle()
      same(rig.provider.inbox(zoe).at(-1), 'as I said', 'the last that the customer has')
    },
  },
  {
    name: 'G19 somebody who has never written is only begun with by what the provider has approved',
    body: async (rig) => {
      const office = await rig.office()
      const start = { account: 'phone', to: { address: yan } }
      same(refused(await office.as('ana').start({ ...start, text: 'hello' })), cannot('window'), 'words')
      const { conversation } = granted(await office.as('ana').start({ ...start, parts: [approved] }))
      await rig.engine().settle()
      same(rig.provider.inbox(yan).length, 1, 'what the customer has')
      same(await ask(office, conversation.id), no('window', { may: 'templates' }), 'after it')
    },
  },
  {
    name: 'G19 what waited until the time for an answer was over fails as that, and never leaves',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('phone', message(zoe, 'hello'))
      await delayed(rig, office, id)
      rig.clock.advance(day)
      await rig.engine().settle()
      same(await deliveryOf(office, id), ['failed', 'window'], 'the message')
      same(rig.provider.attempts().length, 1, 'what was handed over')
      same(rig.provider.inbox(zoe), [], 'what the customer has')
    },
  },
  {
    name: 'G19 what waited while the customer opted out, was blocked or was taken over fails as that, and never leaves',
    body: async (rig) => {
      for (const [because, happens] of [
        ['optedOut', (office) => office.deliver('phone', word(false))],
        ['elsewhere', (office) => office.deliver('phone', { type: 'control', address: zoe, ours: false, by: 'shop' })],
        [
          'blocked',
          (office) =>
            office.workspace.as('mia').blocks.add({ target: { _tag: 'Identity', address: zoe }, reason: 'noise' }),
        ],
      ] as const satisfies ReadonlyArray<readonly [string, (office: Office) => Promise<unknown>]>) {
        const office = await rig.office()
        const id = await office.arrives('phone', message(zoe, 'hello'))
        await delayed(rig, office, id)
        await happens(office)
        rig.clock.advance(hour)
        await rig.engine().settle()
        same(await deliveryOf(office, id), ['failed', because], 'the message')
        same(await ask(office, id), no(because), 'and the next one')
        same(rig.provider.inbox(zoe), [], 'what the customer has')
      }
    },
  },
  {
    name: 'G19 a provider that refuses a message as too late or unwanted is believed, and not asked again in vain',
    body: async (rig) => {
      const office = await rig.office()
      const ana = office.as('ana')
      const id = await office.arrives('phone', message(zoe, 'hello'))
      rig.clock.advance(hour)
      rig.provider.script(zoe, 'rejectAsLate')
      granted(await ana.reply(id, { text: 'first' }))
      await rig.engine().settle()
      same(await deliveryOf(office, id), ['failed', 'rejected'], 'what was refused')
      same(await ask(office, id), no('window', { may: 'templates' }), 'after it')
      same(refused(await ana.reply(id, { text: 'second' })), cannot('window'), 'the next reply')
      rig.clock.advance(1)
      await office.arrives('phone', message(zoe, 'again'))
      same(await ask(office, id), { _tag: 'Yes', until: rig.clock.now() + day }, 'when the customer has written')

      rig.provider.script(zoe, 'rejectAsOptedOut')
      granted(await ana.reply(id, { text: 'third' }))
      await rig.engine().settle()
      same(refused(await ana.reply(id, { text: 'fourth' })), cannot('optedOut'), 'a reply to who does not want it')
      same(rig.provider.attempts().length, 2, 'what was handed over')
      await rig.restart()
      same(await ask(officeOf(rig.engine(), office.id), id), no('optedOut'), 'after a restart')
    },
  },
  {
    name: 'G19 what a block keeps from being heard is not written to either, until the block ends',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message(zoe, 'hello'))
      const { contact } = granted(await office.as('ana').get(id)).state
      const until = rig.clock.now() + hour
      const target = { _tag: 'Contact', contact } as const
      granted(await office.workspace.as('mia').blocks.add({ target, reason: 'noise', until }))
      same(await ask(office, id), no('blocked', { until }), 'while it lasts')
      same(refused(await office.as('ana').reply(id, { text: 'no' })), cannot('blocked', { until }), 'a reply')
      rig.clock.advance(hour)
      same(await ask(office, id), { _tag: 'Yes' }, 'after it')
    },
  },
]

export const consentCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G19 a customer who opts out is written to nowhere at its address, until its own word ends that',
    body: async (rig) => {
      const office = await rig.office()
      const first = await office.arrives('phone', message(zoe, 'hello'))
      const now = rig.clock.now()
      await office.deliver('phone', word(false, now))
      same(await ask(office, first), no('optedOut'), 'after STOP')
      same((await tagsOf(office, first)).at(-1), 'ConsentChanged', 'the journal')
      granted(await office.as('ana').archive(first))
      const second = await office.arrives('phone', message(zoe, 'another matter'))
      assert(second !== first, 'it begins a conversation of its own')
      for (const parts of [[approved], [{ _tag: 'Choices', choices: [{ id: 'a', label: 'A' }] } as const]]) {
        same(refused(await office.as('ana').reply(second, { parts })), cannot('optedOut'), 'in the next conversation')
      }
      const start = { account: 'phone', to: { address: zoe }, parts: [approved] }
      same(refused(await office.as('ana').start(start)), cannot('optedOut'), 'a message that begins')
      await rig.engine().settle()
      same(rig.provider.attempts(), [], 'what was handed over')

      rig.clock.advance(hour)
      await office.deliver('phone', word(true, now - 1))
      same(await ask(office, second), no('optedOut'), 'after a START from before it')
      await office.deliver('phone', word(true))
      same((await ask(office, second))._tag, 'Yes', 'after START')
    },
  },
  {
    name: 'G19 an opt-out is kept for an address that has never written, and across a restart',
    body: async (rig) => {
      const office = await rig.office()
      await office.deliver('phone', word(false))
      await rig.restart()
      const again = officeOf(rig.engine(), office.id)
      const start = { account: 'phone', to: { address: zoe }, parts: [approved] }
      same(refused(await again.as('ana').start(start)), cannot('optedOut'), 'a message that begins')
    },
  },
  {
    name: 'G46 what a customer has said of being written to is forgotten with everything else of it',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('phone', message(zoe, 'hello'))
      await office.deliver('phone', word(false))
      const kept = async () =>
        (await rig.store().documents({ workspace: office.id, kind: 'consent', limit: 10 })).length
      same(await kept(), 1, 'what is kept')
      const { contact } = granted(await office.as('mia').get(id)).state
      granted(await office.workspace.as('mia').contacts.erase(contact))
      await rig.engine().settle()
      same(await kept(), 0, 'what is kept in the end')
    },
  },
  {
    name: 'G19 what an agent has noted of a customer’s consent is not undone by a word, only by somebody who may',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('phone', message(zoe, 'hello'))
      const all = { scope: 'all' } as const
      granted(await office.as('ana').noteConsent(id, { ...all, given: false, word: 'asked by telephone' }))
      rig.clock.advance(1)
      await office.deliver('phone', word(true))
      same(await ask(office, id), no('optedOut'), 'after START')
      const again = { ...all, given: true, word: 'wrote a letter' }
      same(
        refused(await office.as('ana').noteConsent(id, again)),
        { _tag: 'Forbidden', action: 'editContacts' },
        'by an agent',
      )
      granted(await office.as('mia').noteConsent(id, again))
      same((await ask(office, id))._tag, 'Yes', 'in the end')
      const said = (await history(office.as('mia'), id)).entries.flatMap(({ what, actor }) =>
        what._tag === 'ConsentChanged' ? [[actor.kind === 'agent' ? actor.id : actor.kind, what.given, what.word]] : [],
      )
      same(
        said,
        [
          ['ana', false, 'asked by telephone'],
          ['contact', true, 'START'],
          ['mia', true, 'wrote a letter'],
        ],
        'the journal',
      )
      const chat = await office.arrives('chat', message(zoe, 'hello'))
      same(
        refused(await office.as('mia').noteConsent(chat, { ...again, given: false })),
        { _tag: 'Unsupported', feature: 'consent' },
        'where the channel knows none',
      )
    },
  },
  {
    name: 'G19 a bot answers nobody who has opted out, also not the word that says so, and people hear why',
    body: async (rig) => {
      const bot = echo()
      const office = await withBots(rig, [bot])
      const phone = await office.workspace.accounts.get('phone')
      assert(phone !== undefined, 'there is a telephone')
      granted(
        await office.workspace.accounts.put({ ...phone, bots: [bot.name], handover: { ask: ['email'], waitMs: hour } }),
      )
      const [, receipt] = await office.deliver('phone', word(false), message(zoe, 'STOP'))
      assert(receipt?._tag === 'Stored', 'the message was stored')
      await rig.engine().settle()
      same(rig.provider.inbox(zoe), [], 'what the customer has')
      same(await reasons(office, receipt.conversation), ['cannotSend optedOut: echo'], 'why people were called')
    },
  },
  {
    name: 'G19 an opt-out that comes while replies are written keeps back all that are decided after it',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('phone', message(zoe, 'hello'))
      const replies = Array.from({ length: 8 }, (_, n) => office.as('ana').reply(id, { text: `reply ${n}` }))
      const stop = office.deliver('phone', word(false))
      const outcomes = await Promise.all(replies)
      await stop
      await rig.engine().settle()
      const { entries } = await history(office.as('mia'), id)
      const stopped = entries.findIndex(({ what }) => what._tag === 'ConsentChanged')
      const sent = entries.flatMap(({ what }, at) => (what._tag === 'MessageSent' ? [at] : []))
      same(
        sent.filter((at) => at > stopped),
        [],
        'replies after it',
      )
      same(sent.length, outcomes.filter(({ ok }) => ok).length, 'replies that were granted')
      same(await ask(office, id), no('optedOut'), 'after it')
      for (const { delivery } of (await history(office.as('mia'), id)).messages) {
        if (delivery?.status === 'failed') same(delivery.error?.code, 'optedOut', 'what had not left yet')
      }
    },
  },
]
