import type { MenuName } from '../state/menus.ts'
import { openMenu } from '../state/menus.ts'
import { bulk } from '../state/bulk.ts'
import { navPinned } from '../state/layout.ts'
import { accept, offersToMe, pass } from '../state/offers.ts'
import { openScreen, screen, selected } from '../state/place.ts'
import { markAll, markedRows, markNone, markTo, toggleMark } from '../state/selection.ts'
import { t } from '../words/t.ts'
import type { Command } from './command.ts'

const onList = (): boolean => screen.value === null
const many = (): boolean => onList() && markedRows.value.length > 0
const offered = (): boolean => offersToMe.value.length > 0

const onFirst = (run: (id: string) => Promise<void>) => () => {
  const [first] = offersToMe.value
  if (first !== undefined) void run(first.id)
}

const onSelected = (run: (id: string) => void) => () => {
  if (selected.value !== null) run(selected.value)
}

const opens = (name: MenuName) => () => openMenu(name, null)

/** Offers, many at once, and what narrows the list. What is marked goes before what is open: so these come first. */
export const counterCommands: ReadonlyArray<Command> = [
  { id: 'acceptOffer', label: () => t().offer_accept, icon: 'check', key: 'y', when: offered, run: onFirst(accept) },
  { id: 'declineOffer', label: () => t().offer_pass, icon: 'transfer', when: offered, run: onFirst(pass) },
  {
    id: 'bulkClose',
    label: () => t().close,
    icon: 'check',
    key: 'e',
    when: many,
    run: () => void bulk({ _tag: 'Close' }),
  },
  { id: 'bulkAssign', label: () => t().assignTo, icon: 'user', key: 'a', when: many, run: opens('bulkAssign') },
  { id: 'bulkTag', label: () => t().tag, icon: 'tag', key: 'l', when: many, run: opens('bulkTag') },
  { id: 'bulkSnooze', label: () => t().snooze, icon: 'clock', key: 'h', when: many, run: opens('bulkSnooze') },
  {
    id: 'mark',
    label: () => t().mark,
    icon: 'check',
    key: 'x',
    when: (current) => current !== undefined,
    run: onSelected(toggleMark),
  },
  {
    id: 'markTo',
    label: () => t().markTo,
    icon: 'checks',
    key: 'shift+x',
    when: (current) => current !== undefined,
    run: onSelected(markTo),
  },
  { id: 'markAll', label: () => t().markAll, icon: 'checks', when: onList, run: markAll },
  { id: 'markNone', label: () => t().markNone, icon: 'close', when: many, run: markNone },
  { id: 'filter', label: () => t().filters, icon: 'filter', key: 'f', when: onList, run: opens('filter') },
  {
    id: 'nav',
    label: () => (navPinned.value ? t().unpinNav : t().pinNav),
    icon: 'sidebar',
    key: '[',
    run: () => {
      navPinned.value = !navPinned.value
    },
  },
  {
    id: 'queues',
    label: () => t().goTo(t().screen_queues),
    icon: 'layers',
    key: 'g q',
    run: () => openScreen('queues'),
  },
]
