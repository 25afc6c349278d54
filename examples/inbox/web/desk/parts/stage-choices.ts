import { closeMenu } from '../state/menus.ts'
import { ringEvents, rings, sample, volume, volumes } from '../state/ringing.ts'
import { toggleUnder } from '../state/under.ts'
import { t } from '../words/t.ts'
import { w } from '../words/writing/w.ts'
import type { Choice } from './choices.tsx'

const volumeWords = { off: 'soundOff', low: 'soundLow', middle: 'soundMiddle', high: 'soundHigh' } as const

/** How loud this window is, which one can hear when one chooses, and what is worth a sound. */
export const soundChoices = (): ReadonlyArray<Choice> => [
  ...volumes.map(
    (one): Choice => ({
      id: `volume-${one}`,
      label: w()[volumeWords[one]],
      group: w().soundVolume,
      icon: 'volume',
      chosen: volume.value === one,
      run: () => {
        volume.value = one
        sample()
      },
    }),
  ),
  ...ringEvents.map(
    (one): Choice => ({
      id: `ring-${one}`,
      label: w()[`sound_${one}`],
      group: w().sound,
      icon: 'volume',
      chosen: rings.value.includes(one),
      run: () => {
        rings.value = rings.value.includes(one) ? rings.value.filter((other) => other !== one) : [...rings.value, one]
      },
    }),
  ),
]

/** What shows the engine at work. */
export const stageChoices = (): ReadonlyArray<Choice> => [
  {
    id: 'under',
    label: t().under,
    group: 'Guichet',
    icon: 'code',
    key: '.',
    run: () => {
      closeMenu()
      toggleUnder()
    },
  },
  { id: 'split', label: w().splitPage, group: 'Guichet', icon: 'split', run: () => location.assign('/split') },
]
