import { h, icon, write } from './dom.ts'
import { capped } from './page-title.ts'
import type { Language } from './translate.ts'

/** The round button. Its name holds the number of unread messages; the badge is for the eye only. */
export const createLauncher = ({ t }: Language, toggle: () => void) => {
  const badge = h('span', { class: 'badge', 'aria-hidden': 'true', hidden: true })
  const node = h(
    'button',
    { class: 'launcher', part: 'launcher', 'aria-controls': 'panel', click: toggle },
    h('slot', { name: 'launcher' }, icon('chat'), icon('close')),
    badge,
  )
  return {
    node,
    render(open: boolean, unread: number): void {
      const shown = open ? 0 : unread
      node.ariaExpanded = String(open)
      node.ariaLabel = t(open ? 'close' : 'open') + (shown ? `, ${t('unread', { n: shown })}` : '')
      badge.hidden = !shown
      write(badge, capped(shown))
    },
  }
}
