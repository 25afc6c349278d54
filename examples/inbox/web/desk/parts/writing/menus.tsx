import type { WritingMenu } from '../../state/menus.ts'
import { t } from '../../words/t.ts'
import { InsertMenu } from './insert-menu.tsx'
import { MessageMenu } from './message-menu.tsx'
import { ScheduleMenu } from './schedule-menu.tsx'
import { TemplateMenu } from './template-menu.tsx'
import { TranslationMenu } from './translation-menu.tsx'

export const writingContent = (name: WritingMenu, id: string) => {
  switch (name) {
    case 'template':
      return <TemplateMenu id={id} />
    case 'insert':
      return <InsertMenu id={id} />
    case 'schedule':
      return <ScheduleMenu id={id} />
    case 'message':
      return <MessageMenu id={id} />
    case 'translation':
      return <TranslationMenu id={id} />
  }
}

export const writingTitles = (): Readonly<Record<WritingMenu, string>> => ({
  template: t().insertTemplate,
  insert: t().insert,
  schedule: t().schedule,
  message: t().messageActs,
  translation: t().translation,
})
