import { decodeTemplate, encodeTemplate } from '../../codec/template.ts'
import type { Agent } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import { mayManage, mayUse } from '../../domain/template/access.ts'
import { type TemplateDraft, checkTemplate } from '../../domain/template/check.ts'
import type { Template } from '../../domain/template/template.ts'
import { variablesWith } from '../../domain/template/variables.ts'
import type { Decided } from '../committer.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { type Needs, noNeeds } from '../view.ts'
import { claimedShortcuts, shortcutNeeds, takenBy } from './shortcuts.ts'

type Put =
  | { readonly _tag: 'Kept'; readonly template: Template }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

const refuse = (refusal: Refusal) => ({ _tag: 'Refused', refusal }) as const
const notFound: Refusal = { _tag: 'NotFound' }
const forbidden: Refusal = { _tag: 'Forbidden', action: 'manageTemplates' }

/** Why an agent may not write this one; what she may not use is not there for her. */
const mayNot = (template: Pick<Template, 'scope'>, agent: Agent): Refusal | null =>
  mayManage(template, agent) ? null : mayUse(template, agent) ? forbidden : notFound

/** A template, if this agent may use it. */
export const templateFor = async (
  core: Core,
  workspace: string,
  agent: Agent | undefined,
  id: string,
): Promise<Template | undefined> => {
  const ref = { workspace, kind: 'template', id }
  const { documents } = await core.storage.load({ ...noNeeds, documents: [ref] })
  const template = documents[0] && decodeTemplate(documents[0])
  return template !== undefined && agent !== undefined && mayUse(template, agent) ? template : undefined
}

/** What one decision has to see yet. A view does not tell what is absent from what was not loaded. */
const stillToAsk = (asked: Set<string>, documents: NonNullable<Needs['documents']>): Decided<never> | null => {
  const more = documents.filter(({ id }) => !asked.has(id))
  for (const { id } of more) asked.add(id)
  return more.length === 0 ? null : { _tag: 'Needs', needs: { documents: more } }
}

/** Writes a template down, new or changed, as this agent. */
export const putTemplate = async (
  core: Core,
  setup: Setup,
  workspace: string,
  agent: Agent,
  draft: TemplateDraft & { readonly id?: string },
): Promise<Put> => {
  const { agents, queues, attributes } = setup
  const variables = variablesWith(attributes.values())
  const checked = checkTemplate(draft, { variables, agents, queues, channels: core.channels })
  if (checked._tag === 'Refused') return checked
  const refusal = mayNot(checked.template, agent)
  // She names the scope herself: that there is something like it is no secret.
  if (refusal !== null) return refuse(forbidden)
  const id = draft.id ?? core.ids.next()
  const asked = new Set<string>()
  const { value } = await core.committer.submit<Put>({
    workspace,
    needs: { documents: [{ workspace, kind: 'template', id }] },
    decide: (view): Decided<Put> => {
      const stored = view.document(workspace, 'template', id)
      const before = stored && decodeTemplate(stored)
      const denied = before === undefined ? (draft.id === undefined ? null : notFound) : mayNot(before, agent)
      if (denied !== null) return { _tag: 'Decided', value: refuse(denied), changes: { workspace } }
      const template: Template = { id, ...checked.template, updatedAt: core.clock.now() }
      const change = { before, after: template }
      const unasked = stillToAsk(asked, shortcutNeeds(workspace, change))
      if (unasked !== null) return unasked
      const taken = takenBy(view, workspace, agent, change)
      if (taken !== null) return { _tag: 'Decided', value: refuse(taken), changes: { workspace } }
      const documents = [
        encodeTemplate(template, (stored?.version ?? 0) + 1),
        ...claimedShortcuts(view, workspace, change),
      ]
      return { _tag: 'Decided', value: { _tag: 'Kept', template }, changes: { workspace, documents } }
    },
  })
  return value
}

export const removeTemplate = async (
  core: Core,
  workspace: string,
  agent: Agent,
  id: string,
): Promise<Refusal | null> => {
  const asked = new Set<string>()
  const { value } = await core.committer.submit<Refusal | null>({
    workspace,
    needs: { documents: [{ workspace, kind: 'template', id }] },
    decide: (view): Decided<Refusal | null> => {
      const stored = view.document(workspace, 'template', id)
      const before = stored && decodeTemplate(stored)
      const refusal = before === undefined ? notFound : mayNot(before, agent)
      if (stored === undefined || refusal !== null) return { _tag: 'Decided', value: refusal, changes: { workspace } }
      const change = { before, after: undefined }
      const unasked = stillToAsk(asked, shortcutNeeds(workspace, change))
      if (unasked !== null) return unasked
      const documents = [
        { ...stored, version: stored.version + 1, data: null },
        ...claimedShortcuts(view, workspace, change),
      ]
      return { _tag: 'Decided', value: null, changes: { workspace, documents } }
    },
  })
  return value
}
