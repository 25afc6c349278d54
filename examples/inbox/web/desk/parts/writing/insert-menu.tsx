import type { IconName } from '../../../shared/icon-shapes.ts'
import { conversation } from '../../state/conversations.ts'
import { asked, type InsertKind } from '../../state/asked.ts'
import { extrasOf, setExtras } from '../../state/extras.ts'
import { focusAfter, nextPicture } from '../../state/focus.ts'
import { closeMenu } from '../../state/menus.ts'
import { w } from '../../words/writing/w.ts'
import { t } from '../../words/t.ts'
import { type Choice, Choices } from '../choices.tsx'

const kinds: ReadonlyArray<readonly [InsertKind, IconName]> = [
  ['Form', 'form'],
  ['Choices', 'list'],
  ['Product', 'tag'],
  ['PaymentLink', 'card'],
  ['CompanyDetails', 'inbox'],
  ['ContactCard', 'user'],
  ['Location', 'pin'],
]

/** What else than words can go to a customer. */
export const InsertMenu = ({ id }: { readonly id: string }) => {
  const mail = conversation(id)?.channel === 'email'
  const inserts = kinds.map(
    ([kind, icon]): Choice => ({
      id: kind,
      label: t()[`part_${kind}`],
      icon,
      run: () => {
        closeMenu()
        asked.value = { _tag: 'Insert', conversation: id, kind }
      },
    }),
  )
  const copy: Choice = {
    id: 'cc',
    label: w().addCc,
    icon: 'mail',
    run: () => {
      closeMenu()
      setExtras(id, { cc: extrasOf(id).cc ?? '' })
      void focusAfter(nextPicture(), '.address-lines input')
    },
  }
  return <Choices label={t().insert} field={false} choices={mail ? [...inserts, copy] : inserts} />
}
