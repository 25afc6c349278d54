import type { AgentSession } from '@guichet/engine'
import type { Context } from 'hono'
import { present } from './body.ts'
import { printLabels } from './print-labels.ts'
import { refused } from './refused.ts'

/** Words and a style of its own, and nothing else: what was written in a conversation runs nothing. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"

/** A conversation as a page for paper: the transcript of the engine, with notes when they are asked for. */
export const printPage = async (c: Context, session: AgentSession, conversation: string): Promise<Response> => {
  const options = present({ timeZone: c.req.query('timeZone'), labels: printLabels(c.req.query('lang')) })
  const notes = c.req.query('notes') === 'true'
  const told = await session.conversations.transcript(conversation, { as: 'html', notes, ...options })
  if (!told.ok) return refused(c, told.refusal)
  return c.body(told.value.body, 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
}
