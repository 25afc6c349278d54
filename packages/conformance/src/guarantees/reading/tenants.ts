import type { Ids } from '@guichet/engine/ports'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import {
  aboutOf,
  type Office,
  feedNow,
  furnish,
  granted,
  history,
  listed,
  message,
  officeOf,
  refused,
  secret,
} from '../office.ts'

const hour = 60 * 60 * 1_000

/** Ids that begin again when told to: two workspaces in which everything has the same id. */
const repeating = (): Ids & { readonly again: () => void } => {
  let made = 0
  return {
    next: () => {
      made += 1
      return `0190a000-0000-7000-8000-${made.toString(16).padStart(12, '0')}`
    },
    again: () => {
      made = 0
    },
  }
}

/** A day in an office: something of everything that is kept. */
const live = async (
  office: Office,
  until: number,
): Promise<{ readonly chat: string; readonly mail: string; readonly asleep: string }> => {
  const files = [{ name: 'a.png', mime: 'image/png', bytes: Buffer.from(office.id).toString('base64') }]
  const chat = await office.arrives('chat', message('zoe', `needle of ${office.id}`, { files, id: 'm1' }))
  const mail = await office.arrives('mail', message('zoe', `letter to ${office.id}`, { id: 'm2' }))
  const asleep = await office.arrives('chat', message('yan', `later in ${office.id}`, { id: 'm3' }))
  granted(await office.as('ana').reply(chat, { text: `answer of ${office.id}` }))
  granted(await office.as('ana').note(mail, { text: `remark in ${office.id}` }))
  granted(await office.as('ana').saveDraft(mail, `draft in ${office.id}`))
  granted(await office.as('ana').snooze(asleep, { until }))
  granted(await office.as('ana').markRead(chat))
  await office.deliver('chat', { type: 'sticker', of: office.id } as never, {
    type: 'status',
    id: 'unknown',
    status: 'read',
  })
  return { chat, mail, asleep }
}

/** Everything that can be read of an office. */
const photograph = async (office: Office) => {
  const of = async (agent: string) => {
    const conversations = office.as(agent)
    const list = await listed(conversations)
    const read = list.map(async ({ id, contact }) => {
      const { entries, messages } = await history(conversations, id)
      const blobs = messages.flatMap(({ parts }) =>
        parts.flatMap((part) => (part._tag === 'File' ? [part.file.blob] : [])),
      )
      const files = await Promise.all(blobs.map((blob) => conversations.file(id, blob)))
      const person = await office.workspace.as(agent).contacts.get(contact.id)
      return { entries, messages, files, person, draft: await conversations.draft(id) }
    })
    const found = await conversations.search('of')
    return { list, read: await Promise.all(read), counts: await conversations.counts(), found }
  }
  return {
    ana: await of('ana'),
    mia: await of('mia'),
    agents: await office.workspace.agents.list(),
    queues: await office.workspace.queues.list(),
    accounts: await office.workspace.accounts.list(),
    quarantine: await office.workspace.quarantine.list(),
  }
}

/** Everything that can be done to an office. */
const ransack = async (office: Office, { chat, mail, asleep }: Awaited<ReturnType<typeof live>>): Promise<void> => {
  const [ana, mia] = [office.as('ana'), office.as('mia')]
  await office.deliver(
    'chat',
    message('zoe', 'more'),
    { type: 'edit', id: 'm1', text: 'changed' },
    { type: 'delete', id: 'm3' },
  )
  for (const { id } of await office.workspace.quarantine.list()) await office.workspace.quarantine.replay(id)
  await ana.markAllRead()
  granted(await ana.reply(mail, { text: 'words' }))
  granted(await ana.tag(chat, { tags: ['x'] }))
  granted(await mia.transfer(chat, { to: { queue: 'vault' } }))
  granted(await ana.reopen(asleep))
  granted(await mia.close(mail))
  for (const id of [chat, mail, asleep]) granted(await mia.delete(id))
  await office.workspace.agents.remove('ana')
  await office.workspace.accounts.remove('chat')
  granted(await office.workspace.queues.put({ id: 'desk', name: 'Taken', mode: 'exclusive', claimOnReply: false }))
}

export const tenantCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G52 what is done in a workspace changes nothing in another in which everything has the same ids',
    body: async (rig) => {
      const ids = repeating()
      const clock = rig.clock
      const engine = await rig.start({ ids })
      const until = clock.now() + hour
      const set = async (id: string) => {
        ids.again()
        await furnish(engine, id)
        const office = officeOf(engine, id)
        return { office, marks: await live(office, until) }
      }
      const [here, there] = [await set('acme'), await set('ACME')]
      same(here.marks, there.marks, 'the ids of both')
      await engine.settle()
      const inbox = rig.provider.inbox('zoe')
      same(inbox, ['answer of acme', 'answer of ACME'], 'what customers have')
      const before = await photograph(there.office)
      const text = JSON.stringify(before)
      assert(text.includes('of ACME') && !text.includes('of acme'), 'the words of one in the other')
      await ransack(here.office, here.marks)
      await engine.settle()
      same(await photograph(there.office), before, 'the other workspace')
      // The timer of the one that was left alone still stands.
      clock.advance(2 * hour)
      await engine.settle()
      same(granted(await there.office.as('ana').get(there.marks.asleep)).status, 'open', 'the snooze of the other')
      const later = officeOf(await rig.restart(), 'ACME')
      same((await photograph(later)).queues, before.queues, 'its settings after a restart')
    },
  },
  {
    name: 'G52 no operation of a workspace gets at an id of another',
    body: async (rig) => {
      const [mine, other] = [await rig.office(), await rig.office()]
      const { chat } = await live(other, rig.clock.now() + hour)
      await rig.engine().settle()
      const [first] = (await history(other.as('ana'), chat)).messages
      const blob = first?.parts.flatMap((part) => (part._tag === 'File' ? [part.file.blob] : []))[0] ?? ''
      const own = await mine.arrives('chat', message('zoe', 'hello'))
      const before = await photograph(other)
      const notFound = { _tag: 'NotFound' }
      for (const agent of ['ana', 'mia']) {
        const at = mine.as(agent)
        const asked = {
          get: at.get(chat),
          timeline: at.timeline(chat),
          file: at.file(chat, blob),
          fileOfOwn: at.file(own, blob),
          reply: at.reply(chat, { text: 'x' }),
          note: at.note(chat, { text: 'x' }),
          claim: at.claim(chat),
          close: at.close(chat),
          delete: at.delete(chat),
          edit: at.edit(chat, { message: 1, text: 'x' }),
          deleteMessage: at.deleteMessage(chat, { message: 1 }),
          saveDraft: at.saveDraft(chat, 'x'),
          markRead: at.markRead(chat),
          contact: mine.workspace.as(agent).contacts.get(before.ana.list[0]?.contact.id ?? ''),
        }
        for (const [name, asking] of Object.entries(asked)) same(refused(await asking), notFound, `${agent}: ${name}`)
        same(granted(await at.draft(chat)), null, 'a draft')
        same(await at.search('needle'), { messages: [], contacts: [], tagged: [] }, 'the search')
        same((await listed(at, { contact: before.ana.list[0]?.contact.id ?? '' })).length, 0, 'the list of a contact')
        await at.markAllRead()
      }
      const held = before.quarantine[0]?.id ?? ''
      same(refused(await mine.workspace.quarantine.replay(held)), notFound, 'its quarantine')
      same(
        (await mine.deliver('chat', { type: 'edit', id: 'm1', text: 'x' }, { type: 'delete', id: 'm2' })).length,
        2,
        'events about its messages',
      )
      const fed = await feedNow(mine, (options) => mine.workspace.feed(options))
      same([...new Set(fed.map(aboutOf))], [own], 'the feed')
      same(await photograph(other), before, 'the other workspace')
    },
  },
  {
    name: 'G52 an account answers under its own workspace alone, whatever is asked for',
    body: async (rig) => {
      const [mine, other] = [await rig.office(), await rig.office()]
      granted(
        await mine.workspace.accounts.put({ id: 'only here', channel: 'chat', queue: 'desk', settings: { secret } }),
      )
      same((await mine.post('only here', JSON.stringify(message('zoe', 'hello')))).status, 200, 'where it is')
      for (const account of ['only here', `../${mine.id}/only here`, `/${mine.id}/only here`, '', '/']) {
        same((await other.post(account, JSON.stringify(message('zoe', 'hello')))).status, 404, `asked for ${account}`)
      }
      same((await listed(mine.as('mia'))).length, 1, 'conversations')
    },
  },
]
