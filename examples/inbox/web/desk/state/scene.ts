import { signal } from '@preact/signals'
import type { Scene } from '../../../server/stage.ts'
import { setTime } from '../../shared/time.ts'
import { type Answer, tell } from '../api.ts'
import { t } from '../words/t.ts'
import { toast } from './toasts.ts'
import { clockMoves } from './workspace.ts'

export type { Scene }

/** The engine's clock and the providers, as the server last said; null until it has. */
export const scene = signal<Scene | null>(null)

export const sceneIs = (now: Scene): void => {
  if (setTime(now.now)) clockMoves.value += 1
  scene.value = now
}

const asked = async (answer: Promise<Answer<Scene>>, text: (now: Scene) => string): Promise<void> => {
  const done = await answer
  if (!done.ok) return toast(t().no_network, { tone: 'refused' })
  sceneIs(done.value)
  toast(text(done.value))
}

const minute = 60_000

/** The steps by which the clock can be moved; `now` is the engine's time. */
export const clockSteps = ['minutes', 'hour', 'morning'] as const
export type ClockStep = (typeof clockSteps)[number]

const lengthOf = (step: ClockStep, now: number): number => {
  switch (step) {
    case 'minutes':
      return 5 * minute
    case 'hour':
      return 60 * minute
    case 'morning': {
      const morning = new Date(now)
      morning.setDate(morning.getDate() + 1)
      return morning.setHours(9, 0, 0, 0) - now
    }
  }
}

export const moveClock = (step: ClockStep, now: number): Promise<void> =>
  asked(tell<Scene>('/api/clock', { advanceMs: Math.ceil(lengthOf(step, now)) }), () => t().done_clock)

export const switchMail = (): Promise<void> =>
  asked(tell<Scene>('/api/provider', { mail: scene.value?.mail === false }), ({ mail }) =>
    mail ? t().done_mailOn : t().done_mailOff,
  )
