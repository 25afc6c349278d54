import type { Agent } from '../domain/actor.ts'
import type { Refusal } from '../domain/conversation/refusal.ts'
import { tabs } from '../domain/tabs.ts'
import type { StoredDocument } from '../ports/storage.ts'
import type { Decided } from './committer.ts'
import type { Core } from './core.ts'
import type { Setup } from './directory.ts'
import { type Kept, isName } from './settings.ts'

/** What a view keeps: the conditions of a list, as they were asked for. */
export interface KeptView {
  readonly id: string
  readonly name: string
  readonly filter: Readonly<Record<string, unknown>>
  readonly shared: boolean
  readonly by: string
}

const kind = 'view'
/** What everybody's views are listed under: no agent has an empty id. */
const everybodys = ''
/** Somebody with more views than this has none. */
const listedAtMost = 200

const decode = ({ id, data }: StoredDocument): KeptView => ({
  id,
  ...(JSON.parse(data ?? '{}') as Omit<KeptView, 'id'>),
})

const texts = ['channel', 'account', 'queue', 'department', 'owner', 'contact', 'tag']
const times = ['from', 'to']

const oneOf = (value: unknown, all: ReadonlyArray<string>): boolean => typeof value === 'string' && all.includes(value)

/** What is wrong with one condition; null for nothing. */
const issueOf = (name: string, value: unknown): string | null => {
  if (texts.includes(name)) return typeof value === 'string' && value !== '' ? null : `filter.${name}: an id or a name`
  if (times.includes(name)) return Number.isFinite(value) ? null : `filter.${name}: epoch milliseconds`
  switch (name) {
    case 'tab':
      return oneOf(value, tabs) ? null : `filter.tab: one of ${tabs.join(', ')}`
    case 'flag':
      return oneOf(value, ['followUp', 'urgent']) ? null : 'filter.flag: followUp or urgent'
    case 'lastBy':
      return oneOf(value, ['contact', 'agent']) ? null : 'filter.lastBy: contact or agent'
    case 'unread':
      return typeof value === 'boolean' ? null : 'filter.unread: true or false'
    default:
      return `filter.${name}: there is no such condition`
  }
}

const issuesOf = ({ name, filter }: Pick<KeptView, 'name' | 'filter'>): ReadonlyArray<string> => [
  ...(isName(name) ? [] : ['name: 1 to 200 characters']),
  ...(typeof filter === 'object' && filter !== null && !Array.isArray(filter)
    ? Object.entries(filter).flatMap(([condition, value]) => {
        const issue = value === undefined ? null : issueOf(condition, value)
        return issue === null ? [] : [issue]
      })
    : ['filter: conditions by their names']),
]

/** An author changes her own, and managers what everybody has; somebody else's own is not there. */
const mayChange = (view: KeptView, agent: Agent): Refusal | null => {
  if (view.by === agent.id) return null
  if (!view.shared) return { _tag: 'NotFound' }
  return agent.role === 'agent' ? { _tag: 'Forbidden', action: 'changeView' } : null
}

/** The views of an agent: her own and everybody's, by name. */
export const viewsOf = async (core: Core, workspace: string, agent: string): Promise<ReadonlyArray<KeptView>> => {
  const lists = await Promise.all(
    [agent, everybodys].map((parent) =>
      Promise.resolve(core.storage.documents({ workspace, kind, parent, limit: listedAtMost })),
    ),
  )
  return lists
    .flat()
    .map(decode)
    .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
}

const refuse = (refusal: Refusal) => ({ _tag: 'Refused', refusal }) as const

type Change = (before: KeptView | undefined) => Kept<KeptView | null>

/** Changes one view against the newest state of it. */
const change = async (core: Core, workspace: string, id: string, decideIt: Change): Promise<Kept<KeptView | null>> => {
  if (typeof id !== 'string') return refuse({ _tag: 'NotFound' })
  const { value } = await core.committer.submit<Kept<KeptView | null>>({
    workspace,
    needs: { documents: [{ workspace, kind, id }] },
    decide: (view): Decided<Kept<KeptView | null>> => {
      const stored = view.document(workspace, kind, id)
      const before = stored === undefined || stored.data === null ? undefined : decode(stored)
      const kept = decideIt(before)
      if (kept._tag === 'Refused') return { _tag: 'Decided', value: kept, changes: { workspace } }
      const now = kept.value
      const { id: _, ...rest } = now ?? { id }
      const document: StoredDocument = {
        kind,
        id,
        version: (stored?.version ?? 0) + 1,
        parent: (now ?? before)?.shared === true ? everybodys : ((now ?? before)?.by ?? everybodys),
        words: '',
        data: now === null ? null : JSON.stringify(rest),
      }
      return { _tag: 'Decided', value: kept, changes: { workspace, documents: [document] } }
    },
  })
  return value
}

export const putView = async (
  core: Core,
  setup: Setup,
  workspace: string,
  by: string,
  asked: Omit<KeptView, 'id' | 'by'> & { readonly id?: string },
): Promise<Kept<KeptView>> => {
  const agent = setup.agents.get(by)
  if (agent === undefined) return refuse({ _tag: 'UnknownAgent', agent: by })
  const issues = issuesOf(asked)
  if (issues.length > 0) return refuse({ _tag: 'Invalid', what: 'view', issues })
  const id = asked.id ?? core.ids.next()
  const conditions = Object.entries(asked.filter).filter(([, value]) => value !== undefined)
  const kept = await change(core, workspace, id, (before) => {
    if (before === undefined && asked.id !== undefined) return refuse({ _tag: 'NotFound' })
    const refusal = before === undefined ? null : mayChange(before, agent)
    if (refusal !== null) return refuse(refusal)
    const filter = Object.fromEntries(conditions)
    const author = before?.by ?? by
    return { _tag: 'Kept', value: { id, name: asked.name.trim(), filter, shared: asked.shared === true, by: author } }
  })
  if (kept._tag === 'Refused') return kept
  return kept.value === null ? refuse({ _tag: 'NotFound' }) : { _tag: 'Kept', value: kept.value }
}

export const removeView = async (
  core: Core,
  setup: Setup,
  workspace: string,
  by: string,
  id: string,
): Promise<Refusal | null> => {
  const agent = setup.agents.get(by)
  if (agent === undefined) return { _tag: 'UnknownAgent', agent: by }
  const kept = await change(core, workspace, id, (before) => {
    const refusal: Refusal | null = before === undefined ? { _tag: 'NotFound' } : mayChange(before, agent)
    return refusal === null ? { _tag: 'Kept', value: null } : refuse(refusal)
  })
  return kept._tag === 'Refused' ? kept.refusal : null
}
