import { can } from '../domain/access/permissions.ts'
import type { Agent } from '../domain/actor.ts'
import type { Refusal } from '../domain/conversation/refusal.ts'
import type { TagDefinition } from '../domain/tag.ts'
import type { Core } from './core.ts'
import { changeSettings } from './settings/change.ts'
import { type Kept, invalid, isName, keepSetting } from './settings.ts'

/** More would be no overview. */
const definedAtMost = 1_000

/** What the work of renaming or removing a tag everywhere is about. */
export interface Retagging {
  readonly from: string
  /** Null: it is taken off. */
  readonly to: string | null
  readonly by: string
  /** How many conversations carried it when it was asked for. */
  readonly conversations: number
}

const refuse = (refusal: Refusal): { readonly _tag: 'Refused'; readonly refusal: Refusal } => ({
  _tag: 'Refused',
  refusal,
})

/** Somebody whom the workspace does not know, or who may not, changes nothing. */
export const mayManageTags = (agent: Agent | undefined, id: string): Refusal | null => {
  if (agent === undefined) return { _tag: 'UnknownAgent', agent: id }
  return can(agent, 'manageTags') ? null : { _tag: 'Forbidden', action: 'manageTags' }
}

const issuesOf = ({ id, about, hue }: TagDefinition): ReadonlyArray<string> => [
  ...(isName(id) && id === id.trim() ? [] : ['id: 1 to 200 characters, without white space around them']),
  ...(about === null || typeof about === 'string' ? [] : ['about: words, or null']),
  ...(hue === null || (Number.isInteger(hue) && hue >= 0 && hue < 360) ? [] : ['hue: 0 to 359, or null']),
]

export const putTag = async (core: Core, workspace: string, tag: TagDefinition): Promise<Kept<TagDefinition>> => {
  const issues = issuesOf(tag)
  if (issues.length > 0) return invalid('tag', ...issues)
  const { tags } = await core.directory.of(workspace)
  if (tags.size >= definedAtMost && !tags.has(tag.id)) {
    return refuse({ _tag: 'TooMany', what: 'tags', max: definedAtMost })
  }
  const { id, about, hue } = tag
  return keepSetting(core, workspace, 'tag', { id, about, hue })
}

const carriers = (core: Core, workspace: string, tag: string): Promise<number> =>
  Promise.resolve(
    core.storage.count({
      workspace,
      visibility: { _tag: 'All' },
      filter: { tag },
      atMost: Number.MAX_SAFE_INTEGER,
    }),
  )

/** The definition changes at once; conversations follow as work, which is stored in the same commit. */
const retag = async (
  core: Core,
  workspace: string,
  by: string,
  tag: TagDefinition,
  renamed: TagDefinition | null,
): Promise<void> => {
  const work: Retagging = {
    from: tag.id,
    to: renamed?.id ?? null,
    by,
    conversations: await carriers(core, workspace, tag.id),
  }
  await changeSettings(core, {
    workspace,
    settings: [
      { kind: 'tag', id: tag.id, data: null },
      ...(renamed === null ? [] : [{ kind: 'tag' as const, id: renamed.id, data: JSON.stringify(renamed) }]),
    ],
    work: [
      {
        id: core.ids.next(),
        kind: 'retag',
        lane: 'tags',
        due: core.clock.now(),
        key: null,
        payload: JSON.stringify(work),
      },
    ],
  })
}

/** A tag that is there already is joined: it keeps what it means. */
export const renameTag = async (
  core: Core,
  workspace: string,
  by: string,
  id: string,
  to: string,
): Promise<Kept<TagDefinition>> => {
  const { tags } = await core.directory.of(workspace)
  const tag = tags.get(id)
  if (tag === undefined) return refuse({ _tag: 'NotFound' })
  if (id === to) return refuse({ _tag: 'Same' })
  const renamed = tags.get(to) ?? { ...tag, id: to }
  const issues = issuesOf(renamed)
  if (issues.length > 0) return invalid('tag', ...issues)
  await retag(core, workspace, by, tag, renamed)
  return { _tag: 'Kept', value: renamed }
}

export const removeTag = async (core: Core, workspace: string, by: string, id: string): Promise<Refusal | null> => {
  const tag = (await core.directory.of(workspace)).tags.get(id)
  if (tag === undefined) return { _tag: 'NotFound' }
  await retag(core, workspace, by, tag, null)
  return null
}
