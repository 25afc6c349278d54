import { effect, signal } from '@preact/signals'

/** Whether the palette shows the engine call of the row that is chosen. */
export const callsShown = signal(localStorage.getItem('guichet.calls') === 'yes')
effect(() => localStorage.setItem('guichet.calls', callsShown.value ? 'yes' : 'no'))
