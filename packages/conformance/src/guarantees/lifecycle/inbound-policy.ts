import type { InboundPolicy, Status } from '@guichet/engine'
import { assert, same } from '../../assert.ts'
import { thinker } from '../automation/actors.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, officeOf, secret } from '../office.ts'
import type { Rig } from '../rig.ts'

const hour = 60 * 60 * 1_000

/** What a message of the customer does: it joins and leaves this status, or a new one follows the old. */
type Effect = Status | 'new'

const setPolicy = async (
  office: Office,
  policy: Partial<InboundPolicy>,
  bots: ReadonlyArray<string> = [],
): Promise<void> => {
  for (const account of ['chat', 'mail'] as const) {
    granted(
      await office.workspace.accounts.put({
        id: account,
        channel: account,
        queue: 'desk',
        settings: { secret },
        policy,
        bots,
      }),
    )
  }
}

const into: Readonly<Record<Exclude<Status, 'open'>, (office: Office, id: string) => Promise<unknown>>> = {
  pending: (office, id) => office.as('ana').snooze(id),
  closed: (office, id) => office.as('ana').close(id),
  spam: (office, id) => office.as('ana').spam(id),
  archived: (office, id) => office.as('ana').archive(id),
}

/** A conversation that is brought into a status, and then hears from its customer; on both ways of threading. */
const expectEffect = async (
  rig: Rig,
  office: Office,
  status: Exclude<Status, 'open'>,
  effect: Effect,
  person: string,
  pause = 0,
): Promise<void> => {
  for (const account of ['chat', 'mail']) {
    const first = message(person, 'hello', { id: `${account} ${person} 1` })
    const id = await office.arrives(account, first)
    await into[status](office, id)
    same(granted(await office.as('mia').get(id)).status, status, 'the status before')
    rig.clock.advance(pause)
    const again = message(person, 'again', { id: `${account} ${person} 2`, answers: [`${account} ${person} 1`] })
    const found = await office.arrives(account, again)
    const what = `what a message on ${account} does to a ${status} conversation after ${pause} ms`
    const now = granted(await office.as('mia').get(found))
    if (effect === 'new') {
      assert(found !== id, `${what}: it joined`)
      same([now.status, now.state.follows], ['open', id], what)
      same(granted(await office.as('mia').get(id)).status, status, `${what}: the old one`)
      // Further messages belong to the new one.
      const third = message(person, 'more', { id: `${account} ${person} 3`, answers: [`${account} ${person} 2`] })
      same(await office.arrives(account, third), found, `${what}: the next one`)
    } else {
      same([found, now.status], [id, effect], what)
      same((await history(office.as('mia'), id)).messages.length, 2, `${what}: messages`)
    }
  }
}

export const inboundPolicyCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G34 by default a customer reopens what is pending or closed, spam stays spam, and what is archived is followed by a new one',
    body: async (rig) => {
      const office = await rig.office()
      await expectEffect(rig, office, 'pending', 'open', 'zoe')
      await expectEffect(rig, office, 'closed', 'open', 'yan')
      await expectEffect(rig, office, 'spam', 'spam', 'xenia')
      await expectEffect(rig, office, 'archived', 'new', 'walt')
      const counts = await office.as('ana').counts()
      same([counts.spam, counts.archived], [2, 2], 'what stays aside')
    },
  },
  {
    name: 'G34 an account may keep what is pending, open anew after closing or spam, and reopen what is archived',
    body: async (rig) => {
      const office = await rig.office()
      await setPolicy(office, { pending: 'keep', closed: 'new', spam: 'new', archived: 'reopen' })
      await expectEffect(rig, office, 'pending', 'pending', 'zoe')
      await expectEffect(rig, office, 'closed', 'new', 'yan')
      await expectEffect(rig, office, 'spam', 'new', 'xenia')
      await expectEffect(rig, office, 'archived', 'open', 'walt')
    },
  },
  {
    name: 'G34 an account may reopen within a time, to the millisecond, and open anew after it',
    body: async (rig) => {
      const office = await rig.office()
      await setPolicy(office, { closed: { within: hour } })
      await expectEffect(rig, office, 'closed', 'open', 'zoe', hour)
      await expectEffect(rig, office, 'closed', 'new', 'yan', hour + 1)
    },
  },
  {
    name: 'G34 spam is stored in silence: it is not unread and nothing of it stands in the open tabs',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'buy'))
      granted(await office.as('ana').spam(id))
      granted(await office.as('ana').markRead(id))
      await office.deliver('chat', message('zoe', 'buy more'))
      const { status, unread } = granted(await office.as('ana').get(id))
      same([status, unread], ['spam', 0], 'status and unread')
      const { open, unanswered, spam } = await office.as('ana').counts()
      same({ open, unanswered, spam }, { open: 0, unanswered: 0, spam: 1 }, 'counts')
    },
  },
  {
    name: 'G34 an automatic reply changes no status and opens nothing beside what it belongs to',
    body: async (rig) => {
      const office = await rig.office()
      await setPolicy(office, { closed: 'new', spam: 'new' })
      for (const status of ['pending', 'closed', 'spam', 'archived'] as const) {
        const id = await office.arrives('chat', message(status, 'hello'))
        await into[status](office, id)
        const away = message(status, 'I am away', { automatic: 'reply' })
        same(await office.arrives('chat', away), id, `where it goes when ${status}`)
        same(granted(await office.as('mia').get(id)).status, status, 'the status after it')
      }
    },
  },
  {
    name: 'G34 the policy of an account outlives a restart, and a reopened conversation of an account with bots is theirs',
    body: async (rig) => {
      const bots = { thinker: thinker() }
      await rig.restart({ bots })
      const office = await rig.office()
      await setPolicy(office, { archived: 'reopen' }, ['thinker'])
      const later = officeOf(await rig.restart({ bots }), office.id)
      await expectEffect(rig, later, 'archived', 'open', 'zoe')
      await expectEffect(rig, later, 'closed', 'open', 'yan')
      const counts = await later.as('ana').counts()
      same([counts.open, counts.automated], [0, 4], 'open and automated')
    },
  },
]
