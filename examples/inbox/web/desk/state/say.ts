import type { Answer } from '../api.ts'
import { contactSentence } from '../words/people/refused.ts'
import { type Toast, toast } from './toasts.ts'

/** Says what was done, or why not; answers whether it was. */
export const say = <A>(
  answer: Answer<A>,
  text: string | null,
  act?: Toast['act'],
): answer is Answer<A> & { ok: true } => {
  if (!answer.ok) toast(contactSentence(answer.failure), { tone: 'refused' })
  else if (text !== null) toast(text, act === undefined ? { tone: 'done' } : { tone: 'done', act })
  return answer.ok
}
