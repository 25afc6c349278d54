import type { BenchResult } from './result.ts'
import { median } from './median.ts'
import { runDomain, runMachine, steps } from './domain/history.ts'

const rounds = 25
const historiesPerRound = { domain: 2_000, machine: 100 }

/** Microseconds a step. */
const timed = (run: () => unknown, histories: number): number => {
  const began = performance.now()
  for (let i = 0; i < histories; i++) run()
  return ((performance.now() - began) * 1_000) / (histories * steps.length)
}

/** Decide and evolve of the domain beside xstate's pure transition, over the same history, in interleaved rounds. */
export const domainStep = (): BenchResult => {
  for (let i = 0; i < 3; i++) {
    timed(runDomain, historiesPerRound.domain)
    timed(runMachine, historiesPerRound.machine)
  }
  const figures = Array.from({ length: rounds }, () => {
    const domain = timed(runDomain, historiesPerRound.domain)
    return { domain, ratio: timed(runMachine, historiesPerRound.machine) / domain }
  })
  return {
    name: 'domain.step',
    value: median(figures.map(({ domain }) => domain)),
    unit: 'us/step',
    ratio: median(figures.map(({ ratio }) => ratio)),
    goal: 15,
  }
}
