import { textAt } from '@guichet/channel-kit'
import type { AccountHealth } from '@guichet/engine/ports'
import type { ReadKind } from './read-kind.ts'
import { timeOf } from './told.ts'

/** What Meta does to a page that has broken its rules. */
const levels = new Map<string, AccountHealth['level']>([
  ['warning', 'warning'],
  ['block', 'down'],
  ['unblock', 'ok'],
])

/** The page was warned, blocked from writing, or let write again. */
export const readPolicy: ReadKind = (event, body) => {
  const code = textAt(body, 'action')
  if (code === undefined || code === '') return undefined
  return [
    {
      _tag: 'HealthReported',
      level: levels.get(code) ?? 'warning',
      code,
      message: textAt(body, 'reason') || `Meta says: ${code}`,
      ...timeOf(event),
    },
  ]
}
