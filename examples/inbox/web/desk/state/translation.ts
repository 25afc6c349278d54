import { signal } from '@preact/signals'
import type { Message } from '../api.ts'
import { language } from '../../shared/preferences.ts'
import { threadOf } from './thread.ts'
import { me } from './workspace.ts'

/** What this agent reads: her first language, else that of her desk. */
export const teamLanguage = (): string => me.value.languages?.[0] ?? language.value

/** Messages of which the other wording is shown: by conversation and seq. */
const turned = signal<ReadonlySet<string>>(new Set())
export const isTurned = (id: string, seq: number): boolean => turned.value.has(`${id}/${seq}`)
export const turn = (id: string, seq: number): void => {
  const next = new Set(turned.value)
  const key = `${id}/${seq}`
  if (!next.delete(key)) next.add(key)
  turned.value = next
}

type Translation = Message['translations'][number]

/** The words that stand beside a message: for us when the customer wrote it, for the customer when we did. */
export const beside = (id: string, message: Message): Translation | undefined => {
  const setting = threadOf(id).full?.translation ?? null
  const wanted = message.direction === 'in' ? (setting?.team ?? teamLanguage()) : setting?.customer
  return message.translations.find(({ language: one }) => one === wanted) ?? message.translations.at(-1)
}
