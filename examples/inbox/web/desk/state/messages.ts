import { signal } from '@preact/signals'
import type { Message } from '../api.ts'
import { threadOf } from './thread.ts'

/** The message that the open menu is about. */
export const menuMessage = signal<number | null>(null)

/** The message whose words are being changed. */
export const editing = signal<{ readonly conversation: string; readonly seq: number } | null>(null)

export const messageOf = (id: string, seq: number | null): Message | undefined =>
  seq === null ? undefined : threadOf(id).messages.get(seq)
