import type { Summary } from '../api.ts'
import { w } from '../words/writing/w.ts'
import { act } from './acts.ts'
import { announce } from './announce.ts'
import { threadOf } from './thread.ts'
import { setup } from './workspace.ts'

const mayBeAsked = ({ account }: Summary): boolean =>
  setup.value?.accounts.find(({ id }) => id === account)?.signals.includes('Control') === true

/** Another application has it, and its provider can be asked for it. */
export const canBeTaken = (current: Summary): boolean =>
  mayBeAsked(current) && (threadOf(current.id).full?.elsewhere ?? null) !== null

/** It is ours, and its provider can be asked to give it to another application. */
export const canBePassed = (current: Summary): boolean =>
  mayBeAsked(current) && threadOf(current.id).full?.elsewhere === null

/** It changes hands when the provider has said yes, and the thread tells of that. */
export const askControl = async (which: 'takeControl' | 'passControl', id: string): Promise<void> => {
  if (await act(which, id)) announce(w().controlAsked)
}
