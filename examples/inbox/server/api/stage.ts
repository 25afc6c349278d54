import { travels } from '@guichet/local-providers'
import { Hono } from 'hono'
import { carriers } from '../scenery.ts'
import type { Stage } from '../stage.ts'
import { fieldsOf, limit, present, reading } from './body.ts'
import { invalid, refused } from './refused.ts'
import type { ViewerEnv } from './viewer.ts'

const small = 1024
const year = 366 * 86_400_000

/** The clock and the providers of the demonstration: what a host would never offer to its agents. */
export const stageRoutes = (stage: Stage) =>
  new Hono<ViewerEnv>()
    .get('/scene', (c) => c.json(stage.scene()))
    .post('/clock', limit(small), async (c) => {
      const fields = await fieldsOf(c)
      if (fields === undefined) return refused(c, { _tag: 'BadJson' })
      const read = reading(fields)
      const ms = read.number('advanceMs')
      if (read.issues.length === 0 && !(Number.isInteger(ms) && ms > 0 && ms <= year)) {
        read.issues.push('advanceMs: a whole number of milliseconds above 0, at most a year: time only moves forward')
      }
      if (read.issues.length > 0) return refused(c, invalid('clock', ...read.issues))
      stage.advance(ms)
      return c.json(stage.scene())
    })
    .post('/provider', limit(small), async (c) => {
      const fields = await fieldsOf(c)
      if (fields === undefined) return refused(c, { _tag: 'BadJson' })
      const read = reading(fields)
      const works = present(Object.fromEntries(carriers.map((carrier) => [carrier, read.optionalFlag(carrier)])))
      const named = read.optionalText('travel')
      const travel = travels.find((one) => one === named)
      if (named !== undefined && travel === undefined) read.issues.push(`travel: one of ${travels.join(', ')}`)
      const change = { ...works, ...(travel === undefined ? {} : { travel }) }
      if (read.issues.length === 0 && Object.keys(change).length === 0)
        read.issues.push(`one of ${carriers.join(', ')} is missing: true or false`)
      if (read.issues.length > 0) return refused(c, invalid('provider', ...read.issues))
      stage.set(change)
      return c.json(stage.scene())
    })
