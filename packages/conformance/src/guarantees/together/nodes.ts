import type { Engine, EngineOptions } from '@guichet/engine'
import { manualClock } from '@guichet/engine/memory'
import type { Channel, Hint, Sink, Storage } from '@guichet/engine/ports'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, officeOf, readUntil } from '../office.ts'
import type { Rig } from '../rig.ts'
import { fated, mortal } from '../trouble.ts'
import { hearing } from './hearing.ts'

/** Longer than any lease, so that work of a process that died is taken up again. */
const longEnough = 100_000

/** Whether the engines on this store hear of each other without being asked; a store need not offer it. */
const hearsOthers = (rig: Rig): boolean => rig.store().watch !== undefined

/** One more engine, which hears of the others. */
const node = (rig: Rig, options: Partial<EngineOptions> = {}): Promise<Engine> =>
  rig.start({ storage: fated(rig.store()), ...options })

/** A channel that people are connected to, and what it was handed to talk to each engine with. */
const connected = (channel: Channel): { readonly channel: Channel; readonly sinks: Array<Sink> } => {
  const sinks: Array<Sink> = []
  return {
    sinks,
    channel: {
      ...channel,
      capabilities: { ...channel.capabilities, live: true, typing: true },
      connect: async (_, sink) => void sinks.push(sink),
    },
  }
}

/** Hints that come to somebody at an address, until something is so. */
const hintsTo = (sink: Sink | undefined, address: string) => {
  assert(sink !== undefined, 'the channel is connected')
  const heard: Array<Hint> = []
  const waiting = new Set<() => void>()
  sink.watch((hint) => {
    if (hint.address !== address) return
    heard.push(hint)
    for (const look of waiting) look()
  })
  return {
    until: (holds: (hint: Hint) => boolean): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!heard.some(holds)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}

/** An engine that dies as soon as it has taken something up, and another that takes nothing until then. */
const dyingBeside = async (
  rig: Rig,
): Promise<{ readonly dying: Engine; readonly died: Promise<void>; readonly alive: Engine }> => {
  const { storage, kill, died } = mortal(rig.store())
  let over = (): void => undefined
  const death = new Promise<void>((resolve) => (over = resolve))
  const dying = await rig.start({
    storage: {
      ...storage,
      claim: async (query) => {
        const claimed = await storage.claim(query)
        if (claimed.length > 0) {
          kill()
          over()
        }
        return claimed
      },
    },
    clock: manualClock(rig.clock.now()),
  })
  const alive = await rig.start({
    storage: {
      ...fated(rig.store()),
      claim: (query) => (died() ? rig.store().claim(query) : []),
    },
  })
  return { dying, died: death, alive }
}

export const nodeCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G45 a feed that is open at one node goes on with what is committed at any other, and nobody has to ask',
    body: async (rig) => {
      if (!hearsOthers(rig)) return
      const { id: name } = await rig.office()
      const engines = [await node(rig), await node(rig), await node(rig)] as const
      const [first, second, third] = [
        officeOf(engines[0], name),
        officeOf(engines[1], name),
        officeOf(engines[2], name),
      ]
      const id = await first.arrives('chat', message('zoe', 'hello'))
      const since = await third.workspace.position()
      const reading = [
        third.workspace.feed({ since }),
        third.workspace.as('ben').feed({ since }),
        second.workspace.as('mia').feed({ since }),
      ].map((feed) => readUntil(feed, (item) => item._tag === 'Entry' && item.entry.what._tag === 'NoteAdded'))
      granted(await second.as('ana').claim(id))
      granted(await first.as('mia').note(id, { text: 'from the first' }))
      for (const items of await Promise.all(reading)) {
        same(
          items.map((item) => item._tag === 'Entry' && [item.conversation, item.entry.seq]),
          [
            [id, 2],
            [id, 3],
          ],
          'what a feed at another node has shown',
        )
      }
    },
  },
  {
    name: 'G45 a visitor who is connected to one node is shown what is answered at another',
    body: async (rig) => {
      if (!hearsOthers(rig)) return
      const office = await rig.office()
      const { channels } = rig
      assert(channels['exact'] !== undefined, 'there is a channel')
      const { channel, sinks } = connected(channels['exact'])
      const here = officeOf(await node(rig, { channels: { ...channels, exact: channel } }), office.id)
      const there = officeOf(await node(rig), office.id)
      const id = await here.arrives('exact', message('zoe', 'hello'))
      const [sink] = sinks
      const visitor = hintsTo(sink, 'zoe')
      granted(await there.as('ana').reply(id, { text: 'from elsewhere' }))
      await visitor.until(({ _tag }) => _tag === 'Changed')
      const thread = await sink?.thread('zoe', { after: 0, limit: 10 })
      same(
        thread?.messages.map(({ parts: [part] }) => part?._tag === 'Text' && part.text),
        ['hello', 'from elsewhere'],
        'what the visitor is shown',
      )
    },
  },
  {
    name: 'G17 what a node has taken up and not done when it dies is done by one that is running, once its lease ends',
    body: async (rig) => {
      rig.expect('work', 'search index', 'elsewhere')
      const office = await rig.office()
      const { dying, died, alive } = await dyingBeside(rig)
      const id = await officeOf(alive, office.id).arrives('exact', message('zoe', 'hello'))
      granted(await officeOf(dying, office.id).as('ana').reply(id, { text: 'an answer' }))
      await died
      await alive.settle()
      same(rig.provider.inbox('zoe'), [], 'what zoe has while the dead one holds it')
      rig.clock.advance(longEnough)
      await alive.settle()
      same(rig.provider.inbox('zoe'), ['an answer'], 'what zoe has when the lease has ended')
    },
  },
  {
    name: 'G33 a snooze that was begun at a node that is gone ends at one that is running',
    body: async (rig) => {
      if (!hearsOthers(rig)) return
      const { id: name } = await rig.office()
      let awake = false
      const storage: Storage = {
        ...fated(rig.store()),
        claim: async (query) => {
          const claimed = await rig.store().claim(query)
          awake ||= claimed.some(({ kind }) => kind === 'wake')
          return claimed
        },
      }
      const office = officeOf(await node(rig, { storage }), name)
      const gone = await node(rig, { clock: manualClock(rig.clock.now()) })
      const id = await office.arrives('chat', message('zoe', 'hello'))
      const until = rig.clock.now() + 3_600_000
      granted(await officeOf(gone, office.id).as('ana').snooze(id, { until }))
      await gone.close()
      let ended = false
      const reading = readUntil(
        office.workspace.feed({ since: 0 }),
        (item) => (ended = item._tag === 'Entry' && item.entry.what._tag === 'SnoozeEnded'),
      )
      // Time goes on for the other node alone, and nobody asks it to look. What it has taken up it does in no time at all:
      // hours that go by meanwhile would end its lease.
      while (!awake && !ended) {
        rig.clock.advance(60_000)
        await new Promise((resolve) => setTimeout(resolve, 0))
      }
      await reading
      const { entries } = await history(office.as('mia'), id)
      same(entries.map(({ what }) => what._tag).filter((tag) => tag === 'SnoozeEnded').length, 1, 'ends of the snooze')
    },
  },
  {
    name: 'G31 who looks and who types at one node is seen at another, and forgotten when that node is gone',
    body: async (rig) => {
      if (rig.store().whisper === undefined) return
      rig.expect('work', 'search index', 'elsewhere')
      const { id: name } = await rig.office()
      const { storage, kill } = mortal(rig.store())
      const [near, far] = [officeOf(await node(rig), name), officeOf(await node(rig, { storage }), name)]
      const id = await near.arrives('chat', message('zoe', 'hello'))
      const ben = hearing(near.workspace.as('ben'))
      const there = async (): Promise<ReadonlyArray<unknown>> =>
        granted(await near.as('ben').watchers(id)).map(({ agent, writing }) => [agent, writing])

      far.as('ana').look(id)
      await ben.until(() => ben.heard.some(({ agent, on }) => agent === 'ana' && on))
      same(await there(), [['ana', false]], 'who is there')
      await far.as('ana').typing(id, true)
      await ben.until(() => ben.typed.some(({ by, on }) => by.id === 'ana' && on))
      await ben.until(() => ben.heard.some(({ writing }) => writing))
      same(await there(), [['ana', true]], 'who is there while she writes')
      await far.as('ana').typing(id, false)
      await ben.until(() => ben.typed.some(({ on }) => !on))
      same(await there(), [['ana', false]], 'who is there when she has stopped')

      // It is cut off, and says nothing any more.
      kill()
      rig.clock.advance(longEnough)
      await ben.until(() => ben.heard.some(({ agent, on }) => agent === 'ana' && !on))
      same(await there(), [], 'who is there when the other node is gone')
    },
  },
  {
    name: 'G31 a visitor at one node sees that somebody types at another, and is seen typing there',
    body: async (rig) => {
      if (rig.store().whisper === undefined) return
      const office = await rig.office()
      const { channels } = rig
      assert(channels['exact'] !== undefined, 'there is a channel')
      const { channel, sinks } = connected(channels['exact'])
      const both = { channels: { ...channels, exact: channel } }
      const here = officeOf(await node(rig, both), office.id)
      const [sink] = sinks
      const there: Office = officeOf(await node(rig, both), office.id)
      const id = await here.arrives('exact', message('zoe', 'hello'))
      const visitor = hintsTo(sink, 'zoe')
      await there.as('ana').typing(id, true)
      await visitor.until((hint) => hint._tag === 'Typing' && hint.on)
      const ben = hearing(there.workspace.as('ben'))
      sink?.typing('zoe', true)
      await ben.until(() => ben.typed.some(({ by, on }) => by.kind === 'contact' && on))
    },
  },
]
