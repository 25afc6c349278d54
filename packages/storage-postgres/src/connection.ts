import type { Template } from '@guichet/storage-sql'
import type { LeaseClock } from './lease-clock.ts'
import type { Link } from './link.ts'
import { bind, type Statement } from './statement.ts'
import type { Workspaces } from './workspaces.ts'

/** What every operation works with. */
export interface Connection {
  readonly schema: string
  /** For decisions: what they see and what they change. Plans are made once, whatever the values. */
  readonly writers: Link
  /** For people: lists, searches, journals. Plans may look at the values. */
  readonly readers: Link
  readonly workspaces: Workspaces
  readonly leaseClock: LeaseClock
  /** A template as a statement of this store; bound when it is first used. */
  readonly statement: <Params, Row>(template: Template<Params, Row>) => Statement<Params, Row>
}

export const connect = (parts: Omit<Connection, 'statement'>): Connection => {
  const bound = new Map<unknown, unknown>()
  return {
    ...parts,
    statement: <Params, Row>(template: Template<Params, Row>) => {
      const found = bound.get(template) as Statement<Params, Row> | undefined
      if (found !== undefined) return found
      const made = bind(template, parts.schema)
      bound.set(template, made)
      return made
    },
  }
}
