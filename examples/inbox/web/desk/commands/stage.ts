import { letterKeys } from '../../shared/preferences.ts'
import { timeNow } from '../../shared/time.ts'
import { type ClockStep, clockSteps, moveClock, scene, switchMail } from '../state/scene.ts'
import { toggleUnder } from '../state/under.ts'
import { t } from '../words/t.ts'
import { w } from '../words/writing/w.ts'
import type { Command } from './command.ts'

const clockCommand = (step: ClockStep): Command => ({
  id: `clock-${step}`,
  label: () => t()[`clock_${step}`],
  icon: 'clock',
  run: () => void moveClock(step, timeNow()),
})

/** What shows how the engine works, and the settings of this window. */
export const stageCommands: ReadonlyArray<Command> = [
  { id: 'under', label: () => t().under, icon: 'code', key: '.', run: toggleUnder },
  { id: 'split', label: () => w().splitPage, icon: 'split', run: () => location.assign('/split') },
  { id: 'shop', label: () => w().sitePage, icon: 'link', run: () => void window.open('/site') },
  { id: 'mailbox', label: () => w().mailboxPage, icon: 'link', run: () => void window.open('/mailbox') },
  { id: 'phone', label: () => w().phonePage, icon: 'link', run: () => void window.open('/phone') },
  ...clockSteps.map(clockCommand),
  {
    id: 'mail',
    label: () => (scene.value?.mail === false ? t().mailOn : t().mailOff),
    icon: 'mail',
    run: () => void switchMail(),
  },
  {
    id: 'letterKeys',
    label: () => (letterKeys.value ? t().keysOff : t().keysOn),
    icon: 'keyboard',
    run: () => {
      letterKeys.value = !letterKeys.value
    },
  },
]
