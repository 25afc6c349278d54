import type { Command } from './command.ts'
import { about, always, menuOf } from './command.ts'
import { density } from '../../shared/preferences.ts'
import { chooseApproved, onlyApproved } from '../state/approved.ts'
import { asked } from '../state/asked.ts'
import { openScreen } from '../state/place.ts'
import { w } from '../words/writing/w.ts'
import { t } from '../words/t.ts'

/** A conversation with somebody outside: colleagues read their own languages, and schedule nothing. */
const outside = ({ channel }: { readonly channel: string }): boolean => channel !== 'internal'

/** Writing: what goes into an answer, when it leaves, in which language, and on paper. */
export const writingCommands: ReadonlyArray<Command> = [
  {
    id: 'newConversation',
    label: () => t().newConversation,
    icon: 'plus',
    key: 'c',
    run: () => {
      asked.value = { _tag: 'NewConversation' }
    },
  },
  about('insertTemplate', () => t().insertTemplate, 'note', undefined, always, menuOf('template')),
  about(
    'chooseApproved',
    () => w().chooseApproved,
    'note',
    undefined,
    ({ id }) => onlyApproved(id),
    ({ id }) => chooseApproved(id),
  ),
  about('insert', () => t().insert, 'plus', undefined, outside, menuOf('insert')),
  about('translation', () => t().translation, 'globe', undefined, outside, menuOf('translation')),
  about(
    'print',
    () => t().print,
    'file',
    'p',
    always,
    (current) => {
      asked.value = { _tag: 'Print', conversation: current.id }
    },
  ),
  {
    id: 'density',
    label: () => (density.value === 'compact' ? w().density_comfortable : w().density_compact),
    icon: 'list',
    run: () => {
      density.value = density.value === 'compact' ? 'comfortable' : 'compact'
    },
  },
  {
    id: 'templates',
    label: () => t().goTo(t().screen_templates),
    icon: 'note',
    key: 'g e',
    run: () => openScreen('templates'),
  },
]
