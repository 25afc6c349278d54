import type { Agent } from '../domain/actor.ts'
import { textOf } from '../domain/message/part.ts'
import { isFields } from '../domain/message/part-issues.ts'
import { fill } from '../domain/template/fill.ts'
import type { TemplateDraft } from '../domain/template/check.ts'
import type { Template } from '../domain/template/template.ts'
import type { Setup } from '../runtime/directory.ts'
import type { Running } from '../runtime/engine.ts'
import { readTimeline } from '../runtime/read/messages.ts'
import { seqNow } from '../runtime/redirect.ts'
import { type Viewer, seeConversation } from '../runtime/read/viewer.ts'
import { findTemplates } from '../runtime/templates/find.ts'
import { putTemplate, removeTemplate, templateFor } from '../runtime/templates/keep.ts'
import { valuesFor } from '../runtime/templates/values.ts'
import { abortable, asEngineError, given, invalid, wholeOf } from './refusing.ts'
import type { Outcome, Templates } from './types.ts'

const notFound: Outcome<never> = { ok: false, refusal: { _tag: 'NotFound' } }

/** The canned replies of one agent. */
export const templatesFor = ({ core, closing }: Running, viewer: Viewer): Templates => {
  const { workspace } = viewer

  const asking = <A>(then: (setup: Setup, agent: Agent | undefined) => Promise<A>): Promise<A> =>
    asEngineError(closing, async () => {
      const setup = await core.directory.of(workspace)
      return then(setup, setup.agents.get(viewer.agent))
    })

  /** A store is only asked for what can be there. */
  const isId = (id: unknown): id is string => typeof id === 'string'

  const put = (draft: TemplateDraft & { readonly id?: string }): Promise<Outcome<Template>> =>
    asking(async (setup, agent) => {
      if (!isFields(draft)) return invalid('template', 'an object with title, text and scope')
      if (draft.id !== undefined && !isId(draft.id)) return notFound
      if (agent === undefined) return { ok: false, refusal: { _tag: 'UnknownAgent', agent: viewer.agent } }
      const kept = await putTemplate(core, setup, workspace, agent, draft)
      return kept._tag === 'Kept' ? { ok: true, value: kept.template } : { ok: false, refusal: kept.refusal }
    })

  /** What a message says now; undefined when there is no such message, or not for her. */
  const wordsOf = async (conversation: string, message: number): Promise<Outcome<string>> => {
    const state = await seeConversation(core, viewer, conversation)
    if (state === undefined) return notFound
    if (wholeOf(message) === undefined) return invalid('message', 'message: the number of a message')
    const at = await seqNow(core, workspace, conversation, state.id, message)
    const page = await core.storage.timeline({ workspace, conversation: state.id, after: at - 1, limit: 1 })
    const found = readTimeline(page).messages.find((one) => one.seq === at && !one.deleted)
    if (found === undefined) return { ok: false, refusal: { _tag: 'UnknownMessage', message } }
    const text = textOf(found.parts)
    return text.trim() === '' ? { ok: false, refusal: { _tag: 'Empty' } } : { ok: true, value: text }
  }

  return {
    find: (options) =>
      abortable(
        options?.signal,
        asking(async (setup, agent) =>
          agent === undefined ? [] : findTemplates(core, setup, workspace, agent, given(options)),
        ),
      ),
    get: (id) =>
      asking(async (_, agent) => {
        const template = isId(id) ? await templateFor(core, workspace, agent, id) : undefined
        return template === undefined ? notFound : { ok: true, value: template }
      }),
    put,
    remove: (id) =>
      asking(async (_, agent) => {
        const refusal =
          agent === undefined || !isId(id) ? notFound.refusal : await removeTemplate(core, workspace, agent, id)
        return refusal === null ? { ok: true, value: undefined } : { ok: false, refusal }
      }),
    fromMessage: async (conversation, message, template) => {
      const text = await asEngineError(closing, () => wordsOf(conversation, message))
      return text.ok ? put({ ...given(template), text: text.value }) : text
    },
    fill: (id, conversation) =>
      asking(async (setup, agent) => {
        const [template, state] = await Promise.all([
          isId(id) ? templateFor(core, workspace, agent, id) : undefined,
          seeConversation(core, viewer, conversation),
        ])
        if (template === undefined || state === undefined) return notFound
        return { ok: true, value: fill(template.text, await valuesFor(core, setup, workspace, state, agent)) }
      }),
  }
}
