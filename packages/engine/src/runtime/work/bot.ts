import { decodeConversation } from '../../codec/conversation.ts'
import { botMay } from '../../domain/conversation/bot-gate.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import { type Answer, askBot } from '../bots/ask.ts'
import { contextFor, shownAtMost, waitsForAnswer } from '../bots/context.ts'
import { knownOf } from '../bots/known.ts'
import { type Turn, answersCustomer, beginTurn, contactChanges, finish, handOverFor, performAll } from '../bots/turn.ts'
import { familyFinder, familyOf } from '../contact/family.ts'
import { sendingFinder } from '../consent/sending-facts.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { removedAccount } from '../facts.ts'
import { readTimeline } from '../read/messages.ts'
import { record } from '../record.ts'
import { tellTyping } from '../signals/typing.ts'
import { noNeeds } from '../view.ts'

interface Job {
  readonly work: ClaimedWork
  readonly conversation: string
  /** Run by hand; otherwise one of the account's own. */
  readonly asked: string | null
}

/** How a turn ends: with what it has led to, and with the work done or to be done again at once. */
interface Ending {
  readonly turn: Turn
  readonly again?: true
}

/** Decides the end of a turn against the newest state, and stores it with the end of the work in one commit. */
const conclude = async (
  core: Core,
  { work, conversation }: Job,
  setup: Setup,
  contact: string,
  end: (turn: Turn) => Ending,
): Promise<void> => {
  const { workspace } = work
  const finder = familyFinder(workspace)
  const sending = sendingFinder(core, setup, workspace)
  const settlement = (again: boolean) => ({
    settle: [{ id: work.id, attempts: work.attempts, ...(again ? { retryAt: core.clock.now() } : {}) }],
  })
  await core.committer.submit({
    workspace,
    needs: {
      conversations: [{ workspace, id: conversation }],
      documents: [{ workspace, kind: 'contact', id: contact }],
    },
    decide: (view) => {
      const before = view.conversation(workspace, conversation)
      if (before === undefined || before.deleted) {
        return { _tag: 'Decided', value: undefined, changes: { workspace, ...settlement(false) } }
      }
      // It may have become somebody else's since, as contacts are merged and conversations moved.
      const found = finder.in(view, before.contact)
      if (found._tag === 'Needs') return found
      const stored = found.family?.stored.get(found.family.root.id)
      const looked = sending.in(view, before)
      if ('needs' in looked) return { _tag: 'Needs', needs: looked.needs }
      const { turn, again } = end(beginTurn(core, setup, before, stored, looked.sending ?? {}))
      const settle = settlement(again === true)
      const contacts = contactChanges(turn)
      const changes = turn.entries.length === 0 ? { workspace } : record(core, workspace, before, turn.entries).changes
      const entries = [...(changes.entries ?? []), ...contacts.entries]
      return {
        _tag: 'Decided',
        value: undefined,
        changes: {
          ...changes,
          ...settle,
          ...(entries.length === 0 ? {} : { entries }),
          ...(contacts.documents.length === 0 ? {} : { documents: contacts.documents }),
        },
      }
    },
  })
}

/** The bots of the account are the ones to answer: open, in their hands, nothing waited for. */
const isTheirs = ({ status, control, handover, mergedInto }: Conversation): boolean =>
  status === 'open' && control === 'bot' && handover === null && mergedInto === null

/** Which bot to ask: the one that was run, or the first of the account's own that may and can. */
const choose = (core: Core, setup: Setup, state: Conversation, asked: string | null): string | undefined => {
  if (asked !== null) return core.bots.get(asked) === undefined ? undefined : asked
  const names = setup.accounts.get(state.account)?.bots ?? []
  return names.find((name) => botMay(state, name) === null && core.bots.get(name) !== undefined && core.bots.isUp(name))
}

/** Nothing comes of it: people take over where the bots were to answer, and everybody can read why. */
const fail = (turn: Turn, asked: string | null, reason: string): Turn => {
  const finished = asked === null ? turn : finish(turn, asked, reason)
  return isTheirs(turn.state) ? handOverFor(finished, reason) : finished
}

/** A bot is not to blame for a customer who cannot be written to. */
const whyRefused = (refusal: Refusal): string => {
  switch (refusal._tag) {
    case 'TooMany':
      return 'botOverflow'
    case 'CannotSend':
      return `cannotSend ${refusal.reason}`
    default:
      return 'botRefused'
  }
}

/** What an answer leads to, decided against how things stand now. */
const ending = (turn: Turn, seen: Conversation, { asked }: Job, name: string, answer: Answer): Ending => {
  const gate = botMay(turn.state, name)
  if (answer._tag === 'Stopped') return { turn, again: true }
  if (gate !== null) {
    // A person stepped in. Only where the bots still have it does somebody else have to answer.
    const others = asked === null && isTheirs(turn.state)
    return others ? { turn, again: true } : { turn: asked === null ? turn : finish(turn, asked, 'overtaken') }
  }
  // The customer has written on: its own work asks the account's bots anew.
  if (answer._tag === 'Overtaken' || turn.state.inbound !== seen.inbound) {
    return asked === null ? { turn } : { turn, again: true }
  }
  if (answer._tag === 'Failed') return { turn: fail(turn, asked, `${answer.why}: ${name}`) }
  const done = performAll(turn, name, answer.actions)
  if (done._tag === 'Refused') {
    const why = whyRefused(done.refusal)
    if (why === 'botRefused') turn.core.report(`bot ${name}`, new Error(JSON.stringify(done.refusal)))
    return { turn: fail(turn, asked, `${why}: ${name}`) }
  }
  const answered = asked === null ? done.turn : finish(done.turn, asked, undefined)
  const silent = isTheirs(answered.state) && asked === null && !answersCustomer(answer.actions)
  return { turn: silent ? handOverFor(answered, `botSilent: ${name}`) : answered }
}

/** Asks a bot and carries out what it answers. Whatever goes wrong, the customer ends with an answer or with people. */
export const runBot = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { conversation, bot } = JSON.parse(work.payload) as {
    readonly conversation: string
    readonly bot: string | null
  }
  const { workspace } = work
  const job: Job = { work, conversation, asked: bot }
  const [loaded, page, setup] = await Promise.all([
    core.storage.load({ ...noNeeds, conversations: [{ workspace, id: conversation }] }),
    core.storage.timeline({ workspace, conversation, kinds: ['in', 'out'], limit: shownAtMost }),
    core.directory.of(workspace),
  ])
  const row = loaded.conversations[0]
  const seen = row && decodeConversation(row)
  if (seen === undefined || seen.deleted) return conclude(core, job, setup, '', (turn) => ({ turn }))
  const { messages } = readTimeline(page)
  const end = (how: (turn: Turn) => Ending): Promise<void> => conclude(core, job, setup, seen.contact, how)
  const wanted = bot === null ? isTheirs(seen) && waitsForAnswer(messages) : botMay(seen, bot) === null
  if (!wanted) {
    return end((turn) => ({ turn: bot === null ? turn : finish(turn, bot, 'overtaken') }))
  }
  const name = choose(core, setup, seen, bot)
  const plugin = name === undefined ? undefined : core.bots.get(name)
  if (name === undefined || plugin === undefined) {
    return end((turn) => ({ turn: fail(turn, bot, bot === null ? 'noBot' : `noBot: ${bot}`) }))
  }
  const contact = (await familyOf(core, workspace, seen.contact))?.root
  const context = contextFor(name, {
    workspace,
    state: seen,
    account: setup.accounts.get(seen.account) ?? removedAccount(seen),
    contact,
    known: knownOf(contact),
    messages,
    cause: bot === null ? 'message' : 'asked',
  })
  tellTyping(core, workspace, seen, 'bot', true)
  const answer = await askBot(core, plugin, name, context, seen)
  tellTyping(core, workspace, seen, 'bot', false)
  if (answer._tag === 'Answered') core.bots.succeeded(name)
  if (answer._tag === 'Failed') core.bots.failed(name)
  await end((turn) => ending(turn, seen, job, name, answer))
}
