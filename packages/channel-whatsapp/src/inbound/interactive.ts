import { field, idAt, readJson, textAt } from '@guichet/channel-kit'
import type { InboundPart, RichPart } from '@guichet/engine/ports'
import { cut, labelAtMost, sensible } from './sensible.ts'

const chosen = (choice: string | undefined, label: string | undefined): ReadonlyArray<RichPart> | undefined => {
  const id = cut(choice ?? label, labelAtMost)
  const shown = cut(label ?? choice, labelAtMost)
  return id === undefined || shown === undefined ? undefined : sensible({ _tag: 'Chosen', choice: id, label: shown })
}

/** The most that one answer holds, in characters. */
const answerAtMost = 10_000

/** A form of WhatsApp answers with one value for each field: what is deeper is kept as it is written. */
const valueOf = (value: unknown): string | number | boolean | undefined => {
  if (typeof value === 'boolean' || Number.isFinite(value)) return value as boolean | number
  if (value === null || value === undefined) return undefined
  return cut(typeof value === 'string' ? value : JSON.stringify(value), answerAtMost)
}

/** The answers of a flow; its token says whose they are and is no answer. */
const formAnswer = (reply: unknown): ReadonlyArray<InboundPart> | undefined => {
  const read = readJson(Buffer.from(textAt(reply, 'response_json') ?? ''))
  const answers = read.ok ? read.value : null
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) return undefined
  const values = Object.fromEntries(
    Object.entries(answers).flatMap(([name, value]) => {
      const kept = name === 'flow_token' ? undefined : valueOf(value)
      return kept === undefined ? [] : [[name, kept] as const]
    }),
  )
  const body = cut(textAt(reply, 'body'), answerAtMost)
  if (Object.keys(values).length === 0) return body === undefined ? undefined : [{ _tag: 'Text', text: body }]
  const form = cut(textAt(reply, 'name'), labelAtMost) ?? 'flow'
  const answer = sensible({ _tag: 'FormAnswer', form, values })
  return answer.length === 0 ? undefined : answer
}

/** What was pressed or filled in; undefined when it comes without what was, which WhatsApp does at times. */
export const interactiveParts = (message: unknown): ReadonlyArray<InboundPart> | undefined => {
  const interactive = field(message, 'interactive')
  const kind = textAt(interactive, 'type') ?? ''
  const reply = field(interactive, kind)
  switch (kind) {
    case 'button_reply':
    case 'list_reply':
      return chosen(idAt(reply, 'id'), textAt(reply, 'title'))
    case 'call_permission_reply':
      return chosen(textAt(reply, 'response'), undefined)
    case 'nfm_reply':
      return formAnswer(reply)
    default:
      return undefined
  }
}

/** The button of a template. */
export const buttonParts = (message: unknown): ReadonlyArray<InboundPart> | undefined =>
  chosen(textAt(message, 'button', 'payload'), textAt(message, 'button', 'text'))
