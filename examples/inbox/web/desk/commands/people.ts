import { as, type Summary } from '../api.ts'
import type { Command } from './command.ts'
import { peopleDialog } from '../state/dialogs.ts'
import { openScreen } from '../state/place.ts'
import { may } from '../state/permissions.ts'
import { t } from '../words/t.ts'

const merge = (current: Summary | undefined): void => {
  if (current !== undefined) peopleDialog.value = { name: 'mergeConversations', conversation: current.id }
}

/** Contacts, tags, blocks, reports and the search: screens of their own. */
export const peopleCommands: ReadonlyArray<Command> = [
  { id: 'search', label: () => t().search, icon: 'search', key: '/', run: () => openScreen('search') },
  {
    id: 'contacts',
    label: () => t().goTo(t().screen_contacts),
    icon: 'users',
    key: 'g k',
    run: () => openScreen('contacts'),
  },
  { id: 'tags', label: () => t().goTo(t().screen_tags), icon: 'tag', key: 'g t', run: () => openScreen('tags') },
  {
    id: 'reports',
    label: () => t().goTo(t().screen_reports),
    icon: 'list',
    key: 'g r',
    run: () => openScreen('reports'),
  },
  {
    id: 'blocks',
    label: () => t().goTo(t().screen_blocks),
    icon: 'ban',
    when: () => may('manageBlocks'),
    run: () => openScreen('blocks'),
  },
  {
    id: 'history',
    label: () => t().wholeHistory,
    icon: 'clock',
    key: 'g h',
    when: (current) => current !== undefined,
    run: (current) => {
      if (current !== undefined) openScreen('contact', { who: current.contact.id })
    },
  },
  {
    id: 'mergeConversations',
    label: () => t().mergeConversation,
    icon: 'transfer',
    when: (current) => current !== undefined && (current.owner === null || current.owner === as),
    run: merge,
  },
]
