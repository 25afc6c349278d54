import { checkParts } from '../../message/check-parts.ts'
import { saysSomething } from '../../message/part.ts'
import { internal } from '../chat.ts'
import type { Command } from '../command.ts'
import { type Verdict, happens, refuse } from '../decision.ts'
import type { Facts } from '../facts.ts'
import type { Conversation } from '../state.ts'
import { transitions } from '../transitions.ts'
import { addNote, stranger } from './messages.ts'

/** Conversations among colleagues: everything that is said in them is a note. */

type Of<Tag extends Command['_tag']> = Extract<Command, { readonly _tag: Tag }>

/** A new one. Who begins it owns it, so that it never waits in a queue. */
export const discuss = (command: Of<'Discuss'>, facts: Facts): Verdict => {
  const { actor, start } = facts
  if (actor.kind !== 'agent') return refuse({ _tag: 'Forbidden', action: 'discuss' })
  if (start === undefined) return refuse({ _tag: 'NotFound' })
  if (!facts.agents.has(actor.id)) return refuse({ _tag: 'UnknownAgent', agent: actor.id })
  const title = command.title.trim()
  if (title === '') return refuse({ _tag: 'Invalid', what: 'discussion', issues: ['title: what it is about'] })
  const amiss = checkParts(command.parts)
  if (amiss !== null) return refuse(amiss)
  if (!saysSomething(command.parts)) return refuse({ _tag: 'Empty' })
  const participants = [...new Set(command.participants)].filter((id) => id !== actor.id)
  const unknown = stranger(participants, facts)
  if (unknown !== undefined) return refuse({ _tag: 'UnknownAgent', agent: unknown })
  return happens({
    _tag: 'NoteAdded',
    message: {
      direction: 'note',
      author: actor,
      parts: command.parts,
      sentAt: facts.now,
      mentions: [],
      ...(command.meta === undefined ? undefined : { meta: command.meta }),
    },
    start: {
      ...start,
      account: internal,
      channel: internal,
      queue: internal,
      contact: '',
      address: '',
      control: 'team',
      subject: null,
      owner: actor.id,
      participants,
      title,
    },
  })
}

/** A word in one: it opens again what was closed, as an answer to a customer does. */
export const say = (state: Conversation, command: Of<'Reply'> | Of<'AddNote'>, facts: Facts): Verdict => {
  const cell = transitions.agentReplies[state.status]
  if (cell._tag === 'Refused') return cell
  const note = addNote(command, facts, cell._tag === 'To' && cell.status !== state.status ? cell.status : undefined)
  if (note._tag === 'Refused') return note
  const last = state.lastMessage?.seq ?? 0
  const expected = command._tag === 'Reply' ? command.expectedLastMessage : undefined
  if (expected !== undefined && last > expected) return refuse({ _tag: 'Unseen', expected, actual: last })
  return note
}
