import type { AgentSession, Outcome } from '@guichet/engine'
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

/** Calls the engine as the agent of this window: the same names and arguments as in the host, over HTTP. */
export const call = async <Name extends CallName>(
  name: Name,
  ...args: ArgsOf<Name> extends ReadonlyArray<unknown> ? ArgsOf<Name> : never
): Promise<Answer<ValueOf<Name>>> => {
  const answer = await tell<{ readonly value: ValueOf<Name> }>('/api/call', { call: name, args })
  return answer.ok ? { ok: true, value: answer.value.value } : answer
}
