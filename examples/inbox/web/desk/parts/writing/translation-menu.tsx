import { threadOf } from '../../state/thread.ts'
import { closeMenu } from '../../state/menus.ts'
import { setTranslation } from '../../state/translation-setting.ts'
import { teamLanguage } from '../../state/translation.ts'
import { languageName, languageTags } from '../../words/languages.ts'
import { w } from '../../words/writing/w.ts'
import { t } from '../../words/t.ts'
import { type Choice, Choices } from '../choices.tsx'

/** Whether a conversation is translated, and from which language: detected, or said here. */
export const TranslationMenu = ({ id }: { readonly id: string }) => {
  const now = threadOf(id).full?.translation ?? null
  const team = now?.team ?? teamLanguage()
  const to = (customer: string | null) => () => {
    closeMenu()
    void setTranslation(id, { team, customer })
  }
  const choices: ReadonlyArray<Choice> = [
    ...(now === null
      ? []
      : [
          {
            id: 'off',
            label: w().translationOff,
            icon: 'close' as const,
            run: () => {
              closeMenu()
              void setTranslation(id, null)
            },
          },
        ]),
    {
      id: 'detect',
      label: w().detectLanguage,
      icon: 'globe',
      chosen: now !== null && now.customer === null,
      group: w().customerLanguage,
      run: to(null),
    },
    ...languageTags
      .filter((tag) => tag !== team)
      .map(
        (tag): Choice => ({
          id: tag,
          label: languageName(tag),
          icon: 'globe',
          chosen: now?.customer === tag,
          group: w().customerLanguage,
          run: to(tag),
        }),
      ),
  ]
  return <Choices label={t().translation} choices={choices} field={matchMedia('(hover: hover)').matches} />
}
