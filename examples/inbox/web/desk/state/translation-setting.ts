import type { TranslationSetting } from '@guichet/engine/domain'
import { call } from '../engine.ts'
import { languageName } from '../words/languages.ts'
import { w } from '../words/writing/w.ts'
import { explain } from './acts.ts'
import { refresh } from './list.ts'
import { catchUp } from './thread.ts'
import { toast } from './toasts.ts'

export const setTranslation = async (id: string, translation: TranslationSetting | null): Promise<void> => {
  const answer = await call('conversations.setTranslation', id, { translation })
  if (answer.ok)
    toast(translation === null ? w().translationIsOff : w().translationIsOn(languageName(translation.team)))
  else toast(explain(answer.failure, id), { tone: 'refused' })
  await Promise.all([catchUp(id), refresh()])
}
