import type { Flag, TransferTarget } from '@guichet/engine/domain'
import { as, conversationPath, type Done, type Failure, type Summary, tell } from '../api.ts'
import { call } from '../engine.ts'
import { sentence } from '../words/refusal.ts'
import { t } from '../words/t.ts'
import { conversation, displayName } from './conversations.ts'
import { refresh, rows } from './list.ts'
import { patch } from './patches.ts'
import { pane, selected } from './place.ts'
import { catchUp, open, threads } from './thread.ts'
import { toast } from './toasts.ts'
import { accountName, agentShort, departmentName, queueName } from './workspace.ts'
import { ownedFor } from './ownership.ts'

export type Act =
  | 'claim'
  | 'takeOver'
  | 'release'
  | 'assign'
  | 'transfer'
  | 'invite'
  | 'leave'
  | 'lock'
  | 'unlock'
  | 'snooze'
  | 'close'
  | 'reopen'
  | 'spam'
  | 'notSpam'
  | 'archive'
  | 'unarchive'
  | 'flag'
  | 'unflag'
  | 'tag'
  | 'untag'
  | 'rename'
  | 'markUnread'
  | 'handOver'
  | 'takeControl'
  | 'passControl'

type Body = Readonly<Record<string, unknown>>

/** How the conversation will look when the act succeeds: shown at once, as pending. */
const expected = (name: Act, body: Body, now: Summary): Partial<Summary> => {
  switch (name) {
    case 'claim':
    case 'takeOver':
      return { owner: as }
    case 'release':
      return { owner: null }
    case 'snooze':
      return { status: 'pending', snoozedUntil: (body['until'] as number | undefined) ?? null }
    case 'close':
      return { status: 'closed' }
    case 'reopen':
    case 'notSpam':
      return { status: 'open' }
    case 'unarchive':
      return { status: 'closed' }
    case 'spam':
      return { status: 'spam' }
    case 'archive':
      return { status: 'archived' }
    case 'flag':
      return { flags: [...new Set([...now.flags, body['flag'] as Flag])] }
    case 'unflag':
      return { flags: now.flags.filter((flag) => flag !== body['flag']) }
    case 'tag':
      return { tags: [...new Set([...now.tags, ...(body['tags'] as ReadonlyArray<string>)])] }
    case 'untag':
      return { tags: now.tags.filter((tag) => !(body['tags'] as ReadonlyArray<string>).includes(tag)) }
    case 'rename':
      return { title: body['title'] as string | null }
    default:
      return {}
  }
}

/** What takes an act back, where something does. */
const inverse: Readonly<Partial<Record<Act, ReadonlyArray<Act>>>> = {
  close: ['reopen'],
  spam: ['notSpam'],
  // What was open comes out of the archive as closed.
  archive: ['unarchive', 'reopen'],
  snooze: ['reopen'],
  reopen: ['close'],
  claim: ['release'],
}

/** Where a transfer led, by its name. */
const targetName = (to: TransferTarget): string => {
  if ('agent' in to) return agentShort(to.agent)
  if ('queue' in to) return queueName(to.queue)
  return 'department' in to ? departmentName(to.department) : accountName(to.account)
}

const doneText = (name: Act, body: Body): string | null => {
  const words = t()
  switch (name) {
    case 'close':
    case 'reopen':
    case 'spam':
    case 'notSpam':
    case 'archive':
    case 'unarchive':
    case 'snooze':
    case 'claim':
    case 'takeOver':
    case 'release':
      return words[`done_${name}`]
    case 'transfer':
      return words.done_transfer(targetName(body['to'] as TransferTarget))
    case 'assign':
      return words.done_assign((body['agents'] as ReadonlyArray<string>).map(agentShort).join(', '))
    case 'invite':
      return words.done_invite((body['agents'] as ReadonlyArray<string>).map(agentShort).join(', '))
    default:
      return null
  }
}

/** Acts after which the conversation is no longer this list's: the next one takes its place. */
const leaves: ReadonlySet<Act> = new Set(['close', 'spam', 'archive', 'snooze', 'transfer'])

const neighbour = (id: string): string | null => {
  const at = rows.value.findIndex((row) => row.id === id)
  return at === -1 ? null : (rows.value[at + 1]?.id ?? rows.value[at - 1]?.id ?? null)
}

const moveOn = (from: string, next: string | null): void => {
  if (selected.value !== from || rows.value.some((row) => row.id === from)) return
  if (next === null || window.innerWidth < 720) {
    selected.value = null
    pane.value = 'list'
  } else void open(next)
}

export const explain = (failure: Failure, id: string): string => {
  const summary = conversation(id)
  return sentence(failure, {
    agent: agentShort,
    contact: summary === undefined ? t().visitor : displayName(summary),
    ownedFor: ownedFor(id),
  })
}

/** The act that helps after a refusal, when there is one. */
const remedy = (failure: Failure, id: string) => {
  const owned = failure as { readonly _tag: string; readonly owner?: string | null }
  if (owned._tag === 'AlreadyOwned' || (owned._tag === 'NotOwner' && owned.owner !== null)) {
    return { label: t().takeOver, run: () => void act('takeOver', id) }
  }
  if (failure._tag === 'Archived') return { label: t().unarchive, run: () => void act('unarchive', id) }
  if (failure._tag === 'Spam') return { label: t().notSpam, run: () => void act('notSpam', id) }
  return undefined
}

/** Does something to a conversation: shown at once, taken back with a sentence when it is refused. */
export const act = async (name: Act, id: string, body: Body = {}, quiet = false): Promise<boolean> => {
  const now = conversation(id)
  const next = neighbour(id)
  const wasOpen = selected.value === id
  const unpatch = patch(id, (before) => expected(name, body, before))
  if (leaves.has(name) && !quiet) moveOn(id, next)
  const answer =
    name === 'transfer'
      ? await call('conversations.transfer', id, { to: body['to'] as TransferTarget })
      : await tell<Done>(conversationPath(id, `/${name}`), body)
  if (!answer.ok) {
    unpatch()
    if (wasOpen && selected.value !== id) void open(id)
    const help = remedy(answer.failure, id)
    toast(explain(answer.failure, id), help === undefined ? { tone: 'refused' } : { tone: 'refused', act: help })
    await Promise.all([refresh(), threads.value.has(id) ? catchUp(id) : undefined])
    return false
  }
  const text = doneText(name, body)
  const back = inverse[name]
  if (text !== null && !quiet) {
    const steps = (back ?? []).slice(0, name === 'archive' && now?.status === 'closed' ? 1 : undefined)
    const undo = { label: t().undo, run: () => void takeBack(steps, id) }
    toast(text, back === undefined ? { tone: 'done' } : { tone: 'done', act: undo })
  }
  await Promise.all([refresh(), selected.value === id ? catchUp(id) : undefined])
  unpatch()
  if (leaves.has(name) && !quiet) moveOn(id, next)
  return true
}

const takeBack = async (steps: ReadonlyArray<Act>, id: string): Promise<void> => {
  for (const step of steps) if (!(await act(step, id, {}, true))) return
  await open(id)
}
