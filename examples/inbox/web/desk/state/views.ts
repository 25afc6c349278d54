import type { Tab } from '@guichet/engine/domain'
import type { SavedView } from '../api.ts'
import { call } from '../engine.ts'
import { t } from '../words/t.ts'
import { explain } from './acts.ts'
import { optionsOf } from './list.ts'
import { goTo, place } from './place.ts'
import { toast } from './toasts.ts'
import { loadSetup, setup } from './workspace.ts'

export type View = SavedView & { readonly count: number }

/** The saved view that is shown, as long as nothing was changed in it. */
export const viewHere = (): View | undefined => setup.value?.views.find(({ id }) => id === place.value.saved)

export const showView = ({ id, filter }: SavedView): void => {
  const { tab, queue, department, contact: _, ...filters } = filter
  goTo({ tab: tab ?? ('all' as Tab), queue: queue ?? null, department: department ?? null, saved: id, filters })
}

const put = async (view: Parameters<typeof call<'views.put'>>[1]): Promise<SavedView | undefined> => {
  const answer = await call('views.put', view)
  await loadSetup()
  if (answer.ok) return answer.value
  toast(explain(answer.failure, ''), { tone: 'refused' })
  return undefined
}

/** Keeps what the list shows now, under a name; whether it was kept. */
export const saveHere = async (name: string, shared: boolean): Promise<boolean> => {
  const { signal: _, ...filter } = optionsOf(place.value)
  const kept = await put({ name, filter, shared })
  if (kept === undefined) return false
  place.value = { ...place.value, saved: kept.id }
  toast(t().viewSaved(name))
  return true
}

export const changeView = async ({ id, filter }: SavedView, name: string, shared: boolean): Promise<boolean> =>
  (await put({ id, name, filter, shared })) !== undefined

export const removeView = async (view: SavedView): Promise<void> => {
  const answer = await call('views.remove', view.id)
  if (!answer.ok) return toast(explain(answer.failure, ''), { tone: 'refused' })
  if (place.value.saved === view.id) place.value = { ...place.value, saved: null }
  await loadSetup()
  const { name, filter, shared } = view
  toast(t().viewRemoved(name), {
    tone: 'done',
    act: { label: t().undo, run: () => void put({ name, filter, shared }) },
  })
}
