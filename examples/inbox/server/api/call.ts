import { Hono } from 'hono'
import { fieldsOf, limit } from './body.ts'
import { callOn, isCall } from './calls.ts'
import { type ApiRefusal, invalid, refused } from './refused.ts'
import type { ViewerEnv } from './viewer.ts'

const largestCall = 256 * 1024

type Refused = { readonly ok: false; readonly refusal: ApiRefusal }

const isRefused = (answer: unknown): answer is Refused =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false && 'refusal' in answer

const valueOf = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && 'value' in answer ? answer.value : answer

/** `POST /api/call` with `{ call, args }`: a session of the engine, spoken over HTTP. */
export const callRoute = () =>
  new Hono<ViewerEnv>().post('/', limit(largestCall), async (c) => {
    const fields = await fieldsOf(c)
    if (fields === undefined) return refused(c, { _tag: 'BadJson' })
    const { call, args = [] } = fields
    if (typeof call !== 'string' || !Array.isArray(args)) {
      return refused(c, invalid('call', 'call: a name such as conversations.claim; args: a list'))
    }
    if (!isCall(call)) return refused(c, { _tag: 'UnknownAct', act: call })
    // What is left out, or is of another kind, the engine refuses in words: nothing is looked at twice.
    const answer = await callOn(c.var.session, call, args)
    return isRefused(answer) ? refused(c, answer.refusal) : c.json({ value: valueOf(answer) ?? null })
  })
