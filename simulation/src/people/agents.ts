import type { AgentSession, ConversationSummary, Outcome } from '@guichet/engine'
import { agents } from '../house.ts'
import { count } from '../ledger.ts'
import type { Town } from '../town.ts'

type Doing = (session: AgentSession, current: ConversationSummary, town: Town) => Promise<Outcome<unknown>>

const reply: Doing = async ({ agent, conversations }, { id }, { ledger, number }) => {
  const text = `${agent} answers ${number()}`
  ledger.written.set(text, 'unknown')
  const done = await conversations.reply(id, { text, ...(number() % 3 === 0 ? { idempotencyKey: text } : {}) })
  ledger.written.set(text, done.ok ? 'accepted' : 'refused')
  return done
}

const other = (town: Town, agent: string): string =>
  town.chance.one(agents.filter(({ id, role }) => id !== agent && role === 'agent')).id

/** What agents do, and how often each. */
const doings: ReadonlyArray<readonly [weight: number, name: string, doing: Doing]> = [
  [30, 'replies', reply],
  [8, 'claims', ({ conversations }, { id }) => conversations.claim(id)],
  [10, 'closes', ({ conversations }, { id }) => conversations.close(id)],
  [6, 'accepts', ({ conversations }, { id }) => conversations.acceptOffer(id)],
  [3, 'declines', ({ conversations }, { id }) => conversations.declineOffer(id)],
  [
    4,
    'snoozes',
    ({ conversations }, { id }, { clock, chance }) =>
      conversations.snooze(id, chance.percent(80) ? { until: clock.now() + 1 + chance.wait(3_600_000) } : {}),
  ],
  [3, 'releases', ({ conversations }, { id }) => conversations.release(id)],
  [2, 'takes over', ({ conversations }, { id }) => conversations.takeOver(id)],
  [
    3,
    'assigns',
    ({ agent, conversations }, { id }, town) => conversations.assign(id, { agents: [other(town, agent)] }),
  ],
  [
    3,
    'transfers',
    ({ conversations }, { id }, { chance }) =>
      conversations.transfer(id, { to: { queue: chance.one(['desk', 'calls', 'gold']) } }),
  ],
  [
    2,
    'notes',
    ({ agent, conversations }, { id }, { number }) => conversations.note(id, { text: `${agent} notes ${number()}` }),
  ],
  [
    2,
    'tags',
    ({ conversations }, { id }, { chance }) => conversations.tag(id, { tags: [chance.one(['a', 'b', 'c'])] }),
  ],
  [1, 'marks as spam', ({ conversations }, { id }) => conversations.spam(id)],
  [1, 'says it is not spam', ({ conversations }, { id }) => conversations.notSpam(id)],
  [1, 'archives', ({ conversations }, { id }) => conversations.archive(id)],
  [1, 'blocks the helper', ({ conversations }, { id }) => conversations.blockBot(id, { bot: 'helper' })],
  [1, 'runs the helper', ({ conversations }, { id }) => conversations.runBot(id, { bot: 'helper' })],
  [2, 'hands over', ({ conversations }, { id }) => conversations.handOver(id)],
  [
    3,
    'schedules',
    ({ agent, conversations }, { id }, { clock, chance, number }) =>
      conversations.schedule(id, {
        text: `${agent} later ${number()}`,
        at: clock.now() + 1 + chance.wait(1_800_000),
        unlessTheyWrite: chance.percent(50),
      }),
  ],
  [
    2,
    'splits',
    async ({ conversations }, { id }, { chance }) => {
      const page = await conversations.timeline(id)
      const messages = page.ok ? page.value.messages : []
      const message = messages.length === 0 ? 1 : chance.one(messages).seq
      return conversations.split(id, { message, following: chance.percent(30), close: chance.percent(50) })
    },
  ],
  [
    2,
    'merges',
    async ({ conversations }, { id, contact }, { chance }) => {
      const { items } = await conversations.list({ contact: contact.id })
      const others = items.filter((one) => one.id !== id)
      return conversations.merge(id, { into: others.length === 0 ? id : chance.one(others).id })
    },
  ],
  [
    1,
    'reacts',
    ({ conversations }, { id, lastMessage }) =>
      conversations.react(id, { message: lastMessage?.seq ?? 1, emoji: 'ok' }),
  ],
  [1, 'deletes', ({ conversations }, { id }) => conversations.delete(id)],
]

const total = doings.reduce((sum, [weight]) => sum + weight, 0)

const choose = (draw: number): (typeof doings)[number] => {
  let left = draw
  for (const doing of doings) {
    left -= doing[0]
    if (left < 0) return doing
  }
  throw new Error('nothing to do')
}

const say = (outcome: Outcome<unknown>): string => (outcome.ok ? 'done' : outcome.refusal._tag)

/** An agent looks at her list and does something about one of the first. */
export const work = async (town: Town, who = town.chance.one(agents).id): Promise<void> => {
  const { chance, house, diary, ledger } = town
  const [, name, doing] = choose(chance.between(0, total - 1))
  const tab = chance.one(['open', 'open', 'mine', 'unanswered', 'pending', 'all'] as const)
  const pick = chance.between(0, 4)
  try {
    const session = house.workspace().as(who)
    const { items } = await session.conversations.list({ tab, limit: 5 })
    const current = items[Math.min(pick, items.length - 1)]
    if (current === undefined) return
    const outcome = say(await doing(session, current, town))
    count(ledger, outcome === 'done' ? 'acts' : 'refusals')
    diary.push(`${who} ${name} ${current.id}: ${outcome}`)
  } catch {
    diary.push(`${who} ${name}: no answer`)
  }
}

/** Several at once, about the same things. */
export const race = async (town: Town): Promise<void> => {
  await Promise.all(['ana', 'ben', 'cleo'].map((who) => work(town, who)))
}

/** People come, go for lunch, and shut their laptops. */
export const comeAndGo = async (town: Town): Promise<void> => {
  const { chance, clock, house, diary } = town
  const who = chance.one(agents).id
  const draw = chance.between(0, 9)
  try {
    const { presence } = house.workspace().as(who)
    if (draw < 5) await presence.set('online')
    else if (draw < 7) await presence.set('away', clock.now() + 1 + chance.wait(1_200_000))
    else if (draw < 8) await presence.set('offline')
    else {
      await presence.set(null)
      await presence.device('laptop', chance.one(['active', 'idle', 'asleep', 'closed']))
    }
    diary.push(`${who} presence ${draw}`)
  } catch {
    diary.push(`${who} presence ${draw}: no answer`)
  }
}
