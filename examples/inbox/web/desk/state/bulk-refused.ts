import { signal } from '@preact/signals'
import type { Failure } from '../api.ts'

/** What could not be done to which of many, one by one, until somebody has read it. */
export const refusedOnes = signal<ReadonlyArray<{ readonly id: string; readonly failure: Failure }>>([])
