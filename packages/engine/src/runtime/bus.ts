import mittModule, { type Emitter, type EventType } from 'mitt'
import type { Actor } from '../domain/actor.ts'
import type { Conversation } from '../domain/conversation/state.ts'

// mitt's declaration file describes a CommonJS module: under NodeNext the function hides behind the namespace.
const mitt = mittModule as unknown as <Events extends Record<EventType, unknown>>() => Emitter<Events>

/** Where on which account somebody is reached. */
export interface Place {
  readonly account: string
  readonly address: string
}

/** What is heard inside the process. */
export type Signals = {
  /** Something was committed in a workspace, here or by another engine: a hint to read its stream, never the data itself. */
  readonly committed: { readonly workspace: string }
  /** Conversations that a commit has changed, here or elsewhere, as they were after it or later. */
  readonly touched: {
    readonly workspace: string
    /** Whatever happened to them up to here is in them. */
    readonly position: number
    readonly conversations: ReadonlyArray<Conversation>
    /** Where deliveries moved without anything else happening. */
    readonly delivered: ReadonlyArray<Place>
  }
  readonly work: undefined
  readonly typing: {
    readonly workspace: string
    readonly conversation: string
    readonly by: Actor
    readonly on: boolean
  }
  /** A colleague came to a conversation, began to write there or stopped, or went. */
  readonly watching: {
    readonly workspace: string
    readonly conversation: string
    readonly agent: string
    readonly on: boolean
    readonly writing: boolean
  }
  /** Somebody sits at a conversation in this process, or not any more: what `watching` is for one engine alone. */
  readonly seat: {
    readonly workspace: string
    readonly conversation: string
    readonly agent: string
    readonly on: boolean
    readonly writing: boolean
    /** In epoch milliseconds. */
    readonly since: number
  }
  readonly agentTyping: Place & { readonly workspace: string; readonly name: string; readonly on: boolean }
  /** The engine closes. An abort signal says so as well, but warns of a leak when more than ten listen to it. */
  readonly closing: undefined
  /** Another engine on the same store has changed what this workspace is set up with. */
  readonly settings: { readonly workspace: string }
}

export interface Bus {
  readonly emit: <Name extends keyof Signals>(name: Name, signal: Signals[Name]) => void
  /** Returns how to stop. */
  readonly on: <Name extends keyof Signals>(name: Name, listener: (signal: Signals[Name]) => void) => () => void
}

/** A listener that throws is reported and harms neither the others nor who emitted. */
export const makeBus = (report: (error: unknown) => void): Bus => {
  const emitter = mitt<Signals>()
  return {
    emit: (name, signal) => emitter.emit(name, signal),
    on: (name, listener) => {
      const guarded: typeof listener = (signal) => {
        try {
          listener(signal)
        } catch (error) {
          report(error)
        }
      }
      emitter.on(name, guarded)
      return () => emitter.off(name, guarded)
    },
  }
}
