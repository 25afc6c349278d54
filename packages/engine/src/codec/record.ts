import type { Actor } from '../domain/actor.ts'
import type { StoredEntry } from '../ports/storage.ts'

/** A line of a journal that is not a conversation's: what happened, to whom, and who did it. */
interface Line {
  readonly at: number
  readonly actor: Actor
  readonly what: { readonly _tag: string }
}

/** What such journals are about: said in the line, because their ids stand in one column. */
type About = 'contact' | 'workspace'

export const encodeRecord = (about: About, id: string, seq: number, { at, actor, what }: Line): StoredEntry => {
  const { _tag, ...rest } = what
  return {
    conversation: id,
    seq,
    kind: 'record',
    type: _tag,
    actorKind: actor.kind,
    actor: actor.id,
    at,
    body: null,
    data: JSON.stringify({ v: 1, of: about, what: rest }),
  }
}

/** Undefined when the line is about something else. */
export const decodeRecord = (about: About, stored: StoredEntry): Line | undefined => {
  const data = JSON.parse(stored.data) as { readonly of?: string; readonly what?: object }
  if (data.of !== about) return undefined
  const actor: Actor = { kind: stored.actorKind, id: stored.actor }
  return { at: stored.at, actor, what: { _tag: stored.type, ...data.what } }
}
