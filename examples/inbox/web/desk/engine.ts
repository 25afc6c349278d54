import type { AgentSession, Outcome } from '@guichet/engine'
import { signal } from '@preact/signals'
import type { CallName } from '../../server/api/calls.ts'
import { type Answer, tell } from './api.ts'

type MethodOf<Name extends CallName> = Name extends `${infer Area extends keyof AgentSession}.${infer Method}`
  ? Method extends keyof AgentSession[Area]
    ? AgentSession[Area][Method]
    : never
  : Name extends keyof AgentSession
    ? AgentSession[Name]
    : never

type ArgsOf<Name extends CallName> = MethodOf<Name> extends (...args: infer Args) => unknown ? Args : never

type Awaits<Name extends CallName> = MethodOf<Name> extends (...args: never) => infer Result ? Awaited<Result> : never

/** What a call answers when it is not refused. */
export type ValueOf<Name extends CallName> = Awaits<Name> extends Outcome<infer Value> ? Value : Awaits<Name>

/** A call as the drawer shows it. */
export interface LoggedCall {
  readonly at: number
  readonly name: string
  readonly args: ReadonlyArray<unknown>
  /** `ok`, or the tag of what stood in the way. */
  readonly outcome: string
}

/** What this window has asked of the engine, newest first. */
export const callLog = signal<ReadonlyArray<LoggedCall>>([])
const keptCalls = 200

export const logCall = (call: LoggedCall): void => {
  callLog.value = [call, ...callLog.value].slice(0, keptCalls)
}

/** Calls the engine as the agent of this window: the same names and arguments as in the host, over HTTP. */
export const call = async <Name extends CallName>(
  name: Name,
  ...args: ArgsOf<Name> extends ReadonlyArray<unknown> ? ArgsOf<Name> : never
): Promise<Answer<ValueOf<Name>>> => {
  const answer = await tell<{ readonly value: ValueOf<Name> }>('/api/call', { call: name, args })
  logCall({ at: Date.now(), name, args, outcome: answer.ok ? 'ok' : answer.failure._tag })
  return answer.ok ? { ok: true, value: answer.value.value } : answer
}
