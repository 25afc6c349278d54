import type { BulkCommand } from '@guichet/engine'
import { batch } from '@preact/signals'
import { as, type Summary } from '../api.ts'
import { call } from '../engine.ts'
import { around } from '../words/counter/around.ts'
import { t } from '../words/t.ts'
import { refusedOnes } from './bulk-refused.ts'
import { refresh } from './list.ts'
import { patch } from './patches.ts'
import { selected } from './place.ts'
import { markedRows, markNone } from './selection.ts'
import { catchUp } from './thread.ts'
import { toast } from './toasts.ts'
import { me } from './workspace.ts'

/** The commands of the bar over many conversations. */
export type Bulk =
  | { readonly _tag: 'Close' | 'Archive' | 'MarkRead' }
  | { readonly _tag: 'Snooze'; readonly until?: number }
  | { readonly _tag: 'Assign'; readonly agents: ReadonlyArray<string> }
  | { readonly _tag: 'Tag'; readonly tags: ReadonlyArray<string> }

const expected = (command: BulkCommand, now: Summary): Partial<Summary> => {
  switch (command._tag) {
    case 'Close':
      return { status: 'closed' }
    case 'Archive':
      return { status: 'archived' }
    case 'Snooze':
      return { status: 'pending', snoozedUntil: command.until ?? null }
    case 'Assign':
      return { owner: now.owner ?? command.agents[0] ?? null }
    case 'Tag':
      return { tags: [...new Set([...now.tags, ...command.tags])] }
    case 'MarkRead':
      return { unread: 0 }
    default:
      return {}
  }
}

type Step = { readonly ids: ReadonlyArray<string>; readonly command: BulkCommand }

const idsOf = (rows: ReadonlyArray<Summary>): ReadonlyArray<string> => rows.map(({ id }) => id)

/** What takes it back, in this order; each conversation goes back to how it was. Empty when nothing does. */
const stepsBack = (command: Bulk, before: ReadonlyArray<Summary>): ReadonlyArray<Step> => {
  const steps: ReadonlyArray<Step> = (() => {
    switch (command._tag) {
      case 'Close':
      case 'Snooze':
        return [{ ids: idsOf(before.filter(({ status }) => status === 'open')), command: { _tag: 'Reopen' } }]
      case 'Archive':
        return [
          { ids: idsOf(before), command: { _tag: 'Unarchive' } },
          // What was open comes out of the archive as closed.
          { ids: idsOf(before.filter(({ status }) => status === 'open')), command: { _tag: 'Reopen' } },
        ]
      case 'Tag':
        return command.tags.map((tag) => ({
          ids: idsOf(before.filter(({ tags }) => !tags.includes(tag))),
          command: { _tag: 'Untag', tags: [tag] },
        }))
      case 'Assign': {
        // Only who owns a conversation gives it back, or who leads.
        const may = command.agents.includes(as) || me.value.role !== 'agent'
        return may ? [{ ids: idsOf(before.filter(({ owner }) => owner === null)), command: { _tag: 'Release' } }] : []
      }
      case 'MarkRead':
        return [{ ids: idsOf(before.filter(({ unread }) => unread > 0)), command: { _tag: 'MarkUnread' } }]
    }
  })()
  return steps.filter(({ ids }) => ids.length > 0)
}

const takeBack = async (steps: ReadonlyArray<Step>): Promise<void> => {
  for (const { ids, command } of steps) {
    const answer = await call('conversations.bulk', ids, command)
    if (!answer.ok) break
    refusedOnes.value = answer.value.flatMap(({ id, outcome }) =>
      outcome.ok ? [] : [{ id, failure: outcome.refusal }],
    )
  }
  await refresh()
}

/** One command on everything that is marked: shown at once; what is refused comes back, each with its reason. */
export const bulk = async (command: Bulk): Promise<void> => {
  const before = markedRows.value
  const ids = idsOf(before)
  if (ids.length === 0) return
  const unpatch = new Map<string, () => void>()
  batch(() => {
    for (const id of ids)
      unpatch.set(
        id,
        patch(id, (row) => expected(command, row)),
      )
    refusedOnes.value = []
    markNone()
  })
  const answer = await call('conversations.bulk', ids, command)
  if (!answer.ok) {
    for (const end of unpatch.values()) end()
    const failure = answer.failure
    refusedOnes.value = ids.map((id) => ({ id, failure }))
    return
  }
  const refused = answer.value.flatMap(({ id, outcome }) => (outcome.ok ? [] : [{ id, failure: outcome.refusal }]))
  const done = before.filter(({ id }) => !refused.some((one) => one.id === id))
  for (const { id } of refused) unpatch.get(id)?.()
  await Promise.all([refresh(), selected.value === null ? undefined : catchUp(selected.value)])
  for (const { id } of done) unpatch.get(id)?.()
  refusedOnes.value = refused
  const steps = stepsBack(command, done)
  const undo = { label: t().undo, run: () => void takeBack(steps) }
  if (done.length === 0) toast(around().bulk_none, { tone: 'refused' })
  else
    toast(
      around()[`bulk_${command._tag}`](done.length),
      steps.length === 0 ? { tone: 'done' } : { tone: 'done', act: undo },
    )
}
