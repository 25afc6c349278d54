import { fillCall, ownerCall, queueCall } from '../../commands/engine-calls.ts'
import { write } from '../../state/composer.ts'
import { draftOf, keepDraft } from '../../state/drafts.ts'
import { goTo } from '../../state/place.ts'
import { fill, templates } from '../../state/templates.ts'
import { setup } from '../../state/workspace.ts'
import { t } from '../../words/t.ts'
import type { PaletteRow } from './row.ts'

/** A colleague leads to what she has in hand. */
export const peopleRows = (): ReadonlyArray<PaletteRow> =>
  (setup.value?.agents ?? []).map(({ id, name, extension }) => ({
    id: `person-${id}`,
    label: name,
    group: t().people,
    icon: 'user',
    hint: extension ?? '',
    run: () => goTo({ tab: 'open', filters: { owner: id } }),
    call: ownerCall(id),
  }))

export const queueRows = (): ReadonlyArray<PaletteRow> =>
  (setup.value?.queues ?? []).map(({ id, name }) => ({
    id: `queue-${id}`,
    label: name,
    group: t().queues,
    icon: 'inbox',
    run: () => goTo({ tab: 'open', queue: id }),
    call: queueCall(id),
  }))

const insert = async (template: string, conversation: string): Promise<void> => {
  const filled = await fill(template, conversation)
  if (!filled.ok) return
  const typed = draftOf(conversation, 'reply')
  keepDraft(conversation, 'reply', [typed, filled.value.text].filter(Boolean).join('\n'))
  write('reply')
}

/** A template goes below what is already written. */
export const templateRows = (conversation: string): ReadonlyArray<PaletteRow> =>
  (templates.value ?? []).map(({ id, title, shortcut, text }) => ({
    id: `template-${id}`,
    label: title,
    group: t().templatesGroup,
    icon: 'note',
    hint: shortcut === null || shortcut === undefined ? text : `/${shortcut}`,
    run: () => void insert(id, conversation),
    call: fillCall(id, conversation),
  }))
