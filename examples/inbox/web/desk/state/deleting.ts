import { signal } from '@preact/signals'

/** The conversation that somebody is about to delete. */
export const deleting = signal<string | null>(null)
