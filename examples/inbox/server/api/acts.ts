import type { Conversations, Done, Outcome } from '@guichet/engine'
import type { Flag } from '@guichet/engine/domain'
import { present, type Reading } from './body.ts'

type Plain = {
  [K in keyof Conversations]: Conversations[K] extends (id: string) => Promise<Outcome<Done>> ? K : never
}[keyof Conversations]

/** What is asked for once its fields have been read; it runs only when nothing was wrong with them. */
type Prepared = (conversations: Conversations, id: string) => Promise<Outcome<Done | undefined>>

const plain =
  (name: Plain) =>
  (read: Reading): Prepared => {
    const options = common(read)
    return (conversations, id) => conversations[name](id, options)
  }

/** Every act may say which version it means, and carry a key that makes it safe to repeat. */
const common = (read: Reading) =>
  present({
    expectedVersion: read.optionalNumber('expectedVersion'),
    idempotencyKey: read.optionalText('idempotencyKey'),
  })

const flagOf = (read: Reading): Flag => {
  const flag = read.text('flag')
  if (flag !== 'followUp' && flag !== 'urgent') read.issues.push('flag is not followUp or urgent')
  return flag as Flag
}

const target = (read: Reading): { readonly agent: string } | { readonly queue: string } => {
  const agent = read.optionalText('agent')
  const queue = read.optionalText('queue')
  if ((agent === undefined) === (queue === undefined)) read.issues.push('one of agent or queue is needed')
  return queue === undefined ? { agent: agent ?? '' } : { queue }
}

const nothing = async (outcome: Promise<Outcome<void>>): Promise<Outcome<undefined>> => {
  const done = await outcome
  return done.ok ? { ok: true, value: undefined } : done
}

/** `POST /api/conversations/:id/<act>`: the names are the engine's own. */
export const acts: Readonly<Record<string, (read: Reading) => Prepared>> = {
  claim: plain('claim'),
  takeOver: plain('takeOver'),
  release: plain('release'),
  lock: plain('lock'),
  unlock: plain('unlock'),
  leave: plain('leave'),
  close: plain('close'),
  reopen: plain('reopen'),
  spam: plain('spam'),
  notSpam: plain('notSpam'),
  archive: plain('archive'),
  unarchive: plain('unarchive'),
  delete: plain('delete'),
  giveToBot: plain('giveToBot'),
  takeControl: plain('takeControl'),
  passControl: plain('passControl'),
  handOver: (read) => {
    const options = { ...common(read), ...present({ reason: read.optionalText('reason') }) }
    return (conversations, id) => conversations.handOver(id, options)
  },
  snooze: (read) => {
    const options = { ...common(read), ...present({ until: read.optionalNumber('until') }) }
    return (conversations, id) => conversations.snooze(id, options)
  },
  assign: (read) => {
    const options = { ...common(read), agents: read.texts('agents') }
    return (conversations, id) => conversations.assign(id, options)
  },
  unassign: (read) => {
    const options = { ...common(read), agents: read.texts('agents') }
    return (conversations, id) => conversations.unassign(id, options)
  },
  invite: (read) => {
    const options = { ...common(read), agents: read.texts('agents') }
    return (conversations, id) => conversations.invite(id, options)
  },
  transfer: (read) => {
    const options = { ...common(read), to: target(read) }
    return (conversations, id) => conversations.transfer(id, options)
  },
  tag: (read) => {
    const options = { ...common(read), tags: read.texts('tags') }
    return (conversations, id) => conversations.tag(id, options)
  },
  untag: (read) => {
    const options = { ...common(read), tags: read.texts('tags') }
    return (conversations, id) => conversations.untag(id, options)
  },
  flag: (read) => {
    const options = { ...common(read), flag: flagOf(read) }
    return (conversations, id) => conversations.flag(id, options)
  },
  unflag: (read) => {
    const options = { ...common(read), flag: flagOf(read) }
    return (conversations, id) => conversations.unflag(id, options)
  },
  rename: (read) => {
    const options = { ...common(read), title: read.textOrNull('title') }
    return (conversations, id) => conversations.rename(id, options)
  },
  setSubject: (read) => {
    const options = { ...common(read), subject: read.textOrNull('subject') }
    return (conversations, id) => conversations.setSubject(id, options)
  },
  edit: (read) => {
    const options = { ...common(read), message: read.number('message'), text: read.text('text') }
    return (conversations, id) => conversations.edit(id, options)
  },
  deleteMessage: (read) => {
    const options = { ...common(read), message: read.number('message') }
    return (conversations, id) => conversations.deleteMessage(id, options)
  },
  markRead: () => (conversations, id) => nothing(conversations.markRead(id)),
  markUnread: () => (conversations, id) => nothing(conversations.markUnread(id)),
  typing: (read) => {
    const on = read.optionalFlag('on') ?? true
    return async (conversations, id) => {
      await conversations.typing(id, on)
      return { ok: true, value: undefined }
    }
  },
  draft: (read) => {
    const text = read.text('text')
    const mode = read.optionalText('mode') === 'note' ? 'note' : 'reply'
    return (conversations, id) => nothing(conversations.saveDraft(id, text, mode))
  },
}
