import type { MessageView } from '@guichet/engine'
import { manualClock } from '@guichet/engine/memory'
import type { Blobs, Channel } from '@guichet/engine/ports'
import { assert, same } from '../../assert.ts'
import type { LoopbackMedia } from '../../channel/loopback-protocol.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, officeOf } from '../office.ts'
import { session } from '../people/people.ts'
import type { Rig } from '../rig.ts'
import { mortal } from '../trouble.ts'
import { duplicateOf } from './receipt.ts'

const hour = 60 * 60 * 1_000
const bytes = Uint8Array.of(1, 2, 3)
const digest = '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81'
const here = { _tag: 'Fetched', bytes } as const

const picture = (id: string, more: Partial<LoopbackMedia> = {}): LoopbackMedia => ({
  id,
  name: 'image',
  mime: 'image/*',
  ...more,
})

const filesIn = (said: MessageView | undefined) =>
  said?.parts.flatMap((part) => (part._tag === 'File' ? [part.file] : [])) ?? []

/** The files of the first message of a conversation, as they are now. */
const files = async (office: Office, id: string) => filesIn((await history(office.as('ana'), id)).messages[0])

const standing = async (office: Office, id: string) =>
  (await files(office, id)).map(({ missing }) => missing?._tag ?? 'here')

/** Blobs whose keys can be counted. */
const counted = (): { readonly blobs: Blobs; readonly kept: ReadonlyMap<string, Uint8Array> } => {
  const kept = new Map<string, Uint8Array>()
  return {
    kept,
    blobs: {
      put: (_, key, said) => void kept.set(key, said),
      get: (_, key) => kept.get(key),
      delete: (_, key) => void kept.delete(key),
    },
  }
}

/** Lets time pass until nothing is tried any more, at most two days; how long that was, in milliseconds. */
const exhausted = async (rig: Rig, holds: () => Promise<boolean>): Promise<number> => {
  const begun = rig.clock.now()
  for (let hours = 0; hours < 48 * 4 && (await holds()); hours += 1) {
    rig.clock.advance(hour / 4)
    await rig.engine().settle()
  }
  return rig.clock.now() - begun
}

const without = ({ fetchFile: _, ...channel }: Channel): Channel => channel

export const remoteFileCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G09 a message is there at once, and the files that its provider holds when they have been fetched',
    body: async (rig) => {
      const office = await rig.office()
      rig.provider.hold('m1', 'hang')
      rig.provider.hold('m2', 'hang')
      const media = [picture('m1', { size: 9 }), picture('m2', { sha256: digest.toUpperCase() })]
      const id = await office.arrives('chat', message('zoe', 'look', { media }))
      same(
        (await files(office, id)).map(({ name, mime, size, missing }) => [name, mime, size, missing?._tag]),
        [
          ['image', 'image/*', 9, 'Coming'],
          ['image', 'image/*', 0, 'Coming'],
        ],
        'the files as they were announced',
      )
      const refusal = await office.as('ana').file(id, (await files(office, id))[0]?.blob ?? '')
      assert(!refusal.ok && refusal.refusal._tag === 'NotFound', 'a file that is not there yet is not found')
      await rig.provider.until(() => rig.provider.asked('m1') === 1)
      const transcript = async () => granted(await office.as('ana').transcript(id)).body
      assert((await transcript()).includes('[file: image, not there yet]'), await transcript())
      rig.provider.hold('m1', here)
      rig.provider.hold('m2', { ...here, mime: 'image/png', name: 'chair.png' })
      rig.provider.release()
      await rig.engine().settle()
      assert((await transcript()).includes('[file: chair.png, 3 B]'), await transcript())
      const { messages, entries } = await history(office.as('ana'), id)
      const found = filesIn(messages[0])
      same(
        found.map(({ name, mime, size, missing }) => [name, mime, size, missing]),
        [
          ['image', 'image/*', 3, undefined],
          ['chair.png', 'image/png', 3, undefined],
        ],
        'the files as they were fetched',
      )
      for (const { blob } of found) {
        same([...granted(await office.as('ana').file(id, blob)).bytes], [...bytes], 'the bytes')
      }
      same(messages[0]?.edited, false, 'edited')
      same(
        entries.slice(1).map(({ what, actor }) => [what._tag, actor.kind]),
        [
          ['FileArrived', 'system'],
          ['FileArrived', 'system'],
        ],
        'what the journal says of it',
      )
    },
  },
  {
    name: 'G09 a file that cannot be had is asked for again for about a day, and then said to be gone',
    body: async (rig) => {
      const office = await rig.office()
      rig.provider.hold('m1', { _tag: 'Retry', reason: 'the provider is down' })
      const id = await office.arrives('chat', message('zoe', 'look', { media: [picture('m1')] }))
      await rig.engine().settle()
      const passed = await exhausted(rig, async () => (await standing(office, id))[0] === 'Coming')
      same(
        (await files(office, id)).map(({ missing }) => missing),
        [{ _tag: 'Gone', reason: 'the provider is down' }],
        'the file',
      )
      assert(passed > 10 * hour && passed < 30 * hour, `given up after ${passed / hour} hours`)
      const asked = rig.provider.asked('m1')
      assert(asked >= 10 && asked <= 30, `asked for ${asked} times`)
      rig.clock.advance(48 * hour)
      await rig.engine().settle()
      same(rig.provider.asked('m1'), asked, 'asked for once it is gone')
      same((await history(office.as('ana'), id)).entries.at(-1)?.what._tag, 'FileLost', 'what the journal says')
    },
  },
  {
    name: 'G09 a file arrives in the end whatever went wrong before, and only as the bytes that were announced',
    body: async (rig) => {
      rig.expect('fetchFile')
      const office = await rig.office()
      const troubles = ['throw', { _tag: 'Retry', reason: 'busy' }, { ...here, bytes: Uint8Array.of(9) }] as const
      const ids = new Map<string, string>()
      for (const [n, trouble] of troubles.entries()) {
        rig.provider.hold(`m${n}`, trouble)
        const media = [picture(`m${n}`, { sha256: digest })]
        ids.set(`m${n}`, await office.arrives('chat', message(`person ${n}`, 'look', { media })))
      }
      await rig.engine().settle()
      for (const [media, id] of ids) {
        same(await standing(office, id), ['Coming'], `${media} before`)
        rig.provider.hold(media, here)
      }
      rig.clock.advance(hour)
      await rig.engine().settle()
      for (const [media, id] of ids) same(await standing(office, id), ['here'], `${media} then`)
    },
  },
  {
    name: 'G09 a file that is too large, is not there, or that the channel cannot fetch is gone, and is said to be',
    body: async (rig) => {
      const office = await rig.office()
      rig.provider.hold('large', { _tag: 'Fetched', bytes: new Uint8Array(100 * 1024 * 1024 + 1) })
      const large = await office.arrives('chat', message('zoe', 'look', { media: [picture('large')] }))
      const unheard = await office.arrives('chat', message('yan', 'look', { media: [picture('never')] }))
      await rig.engine().settle()
      same(await standing(office, large), ['Gone'], 'the large one')
      same(await standing(office, unheard), ['Gone'], 'the one that is not there')
      rig.expect('fetch')
      const { chat } = rig.channels
      const channels = { ...rig.channels, ...(chat === undefined ? {} : { chat: without(chat) }) }
      const other = officeOf(await rig.start({ channels }), office.id)
      const id = await other.arrives('chat', message('eve', 'look', { media: [picture('large')] }))
      same(await standing(other, id), ['Gone'], 'what nobody can fetch')
    },
  },
  {
    name: 'G02 a delivery that comes again fetches nothing again',
    body: async (rig) => {
      const { blobs, kept } = counted()
      const office = officeOf(await rig.start({ blobs }), (await rig.office()).id)
      rig.provider.hold('m1', here)
      const said = message('zoe', 'look', { media: [picture('m1')] })
      const [first, second] = await office.deliver('chat', said, said)
      await rig.engine().settle()
      const again = await office.deliver('chat', said)
      await rig.engine().settle()
      same([second, ...again], [duplicateOf(first), duplicateOf(first)], 'what became of it')
      same([rig.provider.asked('m1'), kept.size], [1, 1], 'asked for, and kept')
    },
  },
  {
    name: 'G03 a process that dies when a file is fetched and not yet recorded leaves it to the next, which keeps it once',
    body: async (rig) => {
      rig.expect('work', 'search index')
      const { blobs, kept } = counted()
      const base = await rig.office()
      const dying = mortal(rig.store())
      const doomed: Blobs = {
        ...blobs,
        put: (workspace, key, said) => {
          void blobs.put(workspace, key, said)
          dying.kill()
        },
      }
      rig.provider.hold('m1', here)
      const office = officeOf(await rig.start({ storage: dying.storage, blobs: doomed }), base.id)
      const id = await office.arrives('chat', message('zoe', 'look', { media: [picture('m1')] }))
      await rig.provider.until(() => rig.provider.asked('m1') === 1)
      const next = officeOf(await rig.restart({ blobs }), base.id)
      same(await standing(next, id), ['Coming'], 'the file before')
      rig.clock.advance(hour)
      await rig.engine().settle()
      same([await standing(next, id), kept.size], [['here'], 1], 'the file, and how often it is kept')
    },
  },
  ...(['refused', 'unheard'] as const).map((fate): GuaranteeCase => {
    const when = fate === 'refused' ? 'before' : 'just after'
    return {
      name: `G03 a process that dies ${when} any one of its calls while it fetches a file has lost and doubled nothing`,
      body: async (rig) => {
        rig.expect('work', 'search index')
        const office = await rig.office()
        for (let at = 1, alive = false; !alive; at += 1) {
          const { blobs, kept } = counted()
          let armed = false
          const { storage, died } = mortal(rig.store(), { at, fate }, () => armed)
          const dying = await rig.start({ storage, blobs, clock: manualClock(rig.clock.now()) })
          const media = `m${at}`
          rig.provider.hold(media, 'hang')
          const said = message(`person ${at}`, 'look', { media: [picture(media)] })
          const id = await officeOf(dying, office.id).arrives('chat', said)
          await rig.provider.until(() => rig.provider.asked(media) === 1)
          armed = true
          rig.provider.hold(media, here)
          rig.provider.release()
          await dying.close()
          alive = !died()
          const next = await rig.start({ blobs, clock: manualClock(rig.clock.now() + hour) })
          await next.settle()
          same(await standing(officeOf(next, office.id), id), ['here'], `the file after death at call ${at}`)
          same(kept.size, 1, `files that are kept after death at call ${at}`)
          const { entries } = await history(office.as('ana'), id)
          same(entries.filter(({ what }) => what._tag === 'FileArrived').length, 1, 'how often it has arrived')
          await next.close()
          if (alive) assert(at > 2, `only ${at - 1} calls could be died of`)
        }
      },
    }
  }),
  {
    name: 'G09 what is deleted or erased while its file is fetched leaves no file behind',
    body: async (rig) => {
      const { blobs, kept } = counted()
      const base = await rig.office()
      const office = officeOf(await rig.start({ blobs }), base.id)
      const acts: ReadonlyArray<(id: string) => Promise<unknown>> = [
        () => office.deliver('chat', { type: 'delete', id: 'p0' }),
        async (id) => granted(await office.as('mia').delete(id)),
        async (id) => {
          const { contact } = granted(await office.as('mia').get(id))
          return granted(await session(office, 'mia').contacts.erase(contact.id))
        },
      ]
      for (const [n, act] of acts.entries()) {
        rig.provider.hold(`m${n}`, 'hang')
        const said = message(`person ${n}`, 'look', { id: `p${n}`, media: [picture(`m${n}`)] })
        const id = await office.arrives('chat', said)
        await rig.provider.until(() => rig.provider.asked(`m${n}`) === 1)
        await act(id)
        rig.provider.hold(`m${n}`, here)
        rig.provider.release()
        await rig.engine().settle()
        same(kept.size, 0, `files that are kept after act ${n}`)
      }
      // What is deleted before anybody asked for its file is not asked for.
      rig.provider.hold('m4', { _tag: 'Retry', reason: 'busy' })
      await office.arrives('chat', message('person 4', 'look', { id: 'p4', media: [picture('m4')] }))
      await rig.engine().settle()
      await office.deliver('chat', { type: 'delete', id: 'p4' })
      rig.provider.hold('m4', here)
      rig.clock.advance(hour)
      await rig.engine().settle()
      same([rig.provider.asked('m4'), kept.size], [1, 0], 'asked for, and kept')
    },
  },
  {
    name: 'G09 a file goes where its message goes while it is fetched',
    body: async (rig) => {
      const { blobs, kept } = counted()
      const office = officeOf(await rig.start({ blobs }), (await rig.office()).id)
      rig.provider.hold('m1', 'hang')
      const id = await office.arrives('chat', message('zoe', 'look', { media: [picture('m1')] }))
      await office.deliver('chat', message('zoe', 'and another thing'))
      await rig.provider.until(() => rig.provider.asked('m1') === 1)
      const split = granted(await office.as('ana').split(id, { message: 1 }))
      rig.provider.hold('m1', here)
      rig.provider.release()
      await rig.engine().settle()
      same(await standing(office, split.conversation.id), ['here'], 'where the message is now')
      same(kept.size, 1, 'files that are kept')
      same((await files(office, split.conversation.id)).length, 1, 'files of the message')
      rig.provider.hold('m2', { _tag: 'Retry', reason: 'busy' })
      const mail = await office.arrives('mail', message('zoe', 'first', { media: [picture('m2')] }))
      const into = await office.arrives('mail', message('zoe', 'second'))
      await rig.engine().settle()
      granted(await office.as('ana').merge(mail, { into }))
      await rig.engine().settle()
      rig.provider.hold('m2', here)
      rig.clock.advance(hour)
      await rig.engine().settle()
      const { messages } = await history(office.as('ana'), into)
      const merged = messages.flatMap(filesIn).map(({ missing }) => missing?._tag ?? 'here')
      same([merged, kept.size], [['here'], 2], 'the file of what was merged away')
    },
  },
  {
    name: 'G09 files of one account that do not come hold back neither those of another nor all of its own',
    body: async (rig) => {
      const office = await rig.office()
      for (let n = 0; n < 20; n += 1) {
        rig.provider.hold(`slow ${n}`, { _tag: 'Retry', reason: 'busy' })
        await office.arrives('chat', message('zoe', `look ${n}`, { media: [picture(`slow ${n}`)] }))
      }
      await rig.engine().settle()
      rig.provider.hold('stuck', 'hang')
      await office.arrives('chat', message('zoe', 'stuck', { media: [picture('stuck')] }))
      await rig.provider.until(() => rig.provider.asked('stuck') === 1)
      rig.provider.hold('other', here)
      const other = await office.arrives('chat2', message('yan', 'look', { media: [picture('other')] }))
      await rig.provider.until(() => rig.provider.asked('other') === 1)
      rig.provider.release()
      await rig.engine().settle()
      same(await standing(office, other), ['here'], 'the file of the other account')
    },
  },
]
