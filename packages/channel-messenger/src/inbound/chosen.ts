import { answerOf } from '../choice/payload.ts'
import { sound } from './sound.ts'
import type { Content } from './told.ts'

/**
 * What was tapped: the answer to a choice, when what stands behind it can be an id. Programs of others put whole records
 * there: then its words are what was said, and the record is kept beside them.
 */
export const chosenOf = (payload: string | undefined, title: string | undefined): Content => {
  const label = title?.trim() ? title : (payload ?? '')
  const part = payload === undefined ? undefined : sound({ _tag: 'Chosen', ...answerOf(payload, label) })
  if (part !== undefined) return { parts: [part], whole: true }
  if (label.trim() !== '') return { parts: [{ _tag: 'Text', text: label }], whole: payload === undefined }
  return { parts: [{ _tag: 'Unsupported', kind: 'postback' }], whole: false }
}
