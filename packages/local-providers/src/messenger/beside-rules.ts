import type { GraphProblem } from '../graph/problem.ts'

/** What stands beside messages: what the API refuses of it, and with which error. */

/** Something that the customer sees and that is no message. */
export interface ActionBody {
  readonly recipient?: { readonly id?: string }
  readonly sender_action?: string
  readonly payload?: { readonly message_id?: string; readonly reaction?: string }
}

/** Which application is to have a conversation. */
export interface ControlBody {
  readonly recipient?: { readonly id?: string }
  readonly target_app_id?: string
}

const invalid = (message: string): GraphProblem => ({ code: 100, message })

const actions = {
  messenger: new Set(['mark_seen', 'typing_on', 'typing_off']),
  instagram: new Set(['mark_seen', 'typing_on', 'typing_off', 'react', 'unreact']),
}

const reactions = new Set(['love', 'like', 'dislike', 'haha', 'smile', 'wow', 'sad', 'angry', 'other'])

const stranger: GraphProblem = { code: 100, subcode: 2_018_001, message: 'No matching user found' }

/** Undefined when an action is taken. */
export const actionFailure = (
  body: ActionBody,
  { product, known }: { readonly product: 'messenger' | 'instagram'; readonly known: (who: string) => boolean },
): GraphProblem | undefined => {
  const { recipient, sender_action: action = '', payload, ...more } = body
  if (!known(recipient?.id ?? '')) return stranger
  if (!actions[product].has(action)) return invalid('No such sender action')
  if (Object.keys(more).length > 0) return invalid('A sender action stands alone')
  const reacts = action === 'react' || action === 'unreact'
  if (reacts !== (payload !== undefined) || (reacts && !payload?.message_id)) return invalid('No message to react to')
  if (action === 'react' && !reactions.has(payload?.reaction ?? '')) return invalid('No such reaction')
  return undefined
}

/** Undefined when a conversation changes hands; `edge` says how. */
export const controlFailure = (
  edge: string,
  body: ControlBody,
  known: (who: string) => boolean,
): GraphProblem | undefined => {
  if (!known(body.recipient?.id ?? '')) return stranger
  return (edge === 'pass_thread_control') === (body.target_app_id !== undefined)
    ? undefined
    : invalid('The application to pass to')
}
