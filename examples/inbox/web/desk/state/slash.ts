import { signal } from '@preact/signals'
import { call, type ValueOf } from '../engine.ts'
import { w } from '../words/writing/w.ts'
import { t } from '../words/t.ts'
import { explain } from './acts.ts'
import { draftOf, type Mode, takeFromDraft } from './drafts.ts'
import { setExtras } from './extras.ts'
import { refresh } from './list.ts'
import { catchUp } from './thread.ts'
import { toast } from './toasts.ts'

type SlashCommand = ValueOf<'slash.list'>[number]

export const slashCommands = signal<ReadonlyArray<SlashCommand>>([])

export const loadSlash = async (): Promise<void> => {
  const found = await call('slash.list')
  if (found.ok) slashCommands.value = found.value
}

/** The command that a line names: `/rename Lost parcel`. What names none is a text like any other. */
export const slashIn = (text: string): SlashCommand | undefined => {
  const name = /^\/([\p{L}\d_-]+)(?:\s|$)/u.exec(text)?.[1]
  return slashCommands.value.find((command) => command.name === name)
}

/** Built-in commands speak the language of the desk; those of a host say what they are in their own words. */
export const aboutSlash = ({ name, about }: SlashCommand): string => {
  const own = t() as unknown as Readonly<Record<string, unknown>>
  const words = own[`slash_${name}`]
  return typeof words === 'string' ? words : about
}

/** Runs a line. What was typed is gone when it has run, and stays when it was refused. */
export const runSlash = async (id: string, mode: Mode, line: string): Promise<void> => {
  const typed = draftOf(id, mode)
  const answer = await call('slash.run', id, line.trim())
  if (!answer.ok) {
    toast(explain(answer.failure, id), { tone: 'refused' })
    return
  }
  const { value } = answer
  takeFromDraft(id, mode, typed, value._tag === 'Insert' ? value.text : '')
  if (value._tag === 'Insert' && value.quote !== undefined) setExtras(id, { quote: value.quote })
  if (value._tag === 'Tell') toast(value.text)
  if (value._tag === 'Done') toast(w().slashDone)
  await Promise.all([catchUp(id), refresh()])
}
