import { Hono } from 'hono'
import type { Looks } from '../looks.ts'
import { fieldsOf, limit, reading } from './body.ts'
import { invalid, refused } from './refused.ts'
import type { ViewerEnv } from './viewer.ts'

const largestLook = 4 * 1024

/** `POST /api/look` with `{ window, conversation }`, null for none. Held by the window's stream, and so not one of the calls. */
export const lookRoute = (looks: Looks) =>
  new Hono<ViewerEnv>().post('/', limit(largestLook), async (c) => {
    const fields = await fieldsOf(c)
    if (fields === undefined) return refused(c, { _tag: 'BadJson' })
    const read = reading(fields)
    const window = read.text('window')
    const conversation = read.textOrNull('conversation')
    if (read.issues.length > 0) return refused(c, invalid('look', ...read.issues))
    const looking = looks.look({ agent: c.var.session.agent, window, conversation })
    return looking ? c.json({ ok: true }) : refused(c, { _tag: 'NotFound' })
  })
