import { checkHours } from '../../domain/hours/check-hours.ts'
import type { Hours } from '../../domain/hours/hours.ts'
import type { Core } from '../core.ts'
import { needsWork } from '../distribution/needs-work.ts'
import { distributeNow } from '../distribution/schedule.ts'
import { seeNow } from '../presence/schedule.ts'
import { type Kept, keepSetting } from '../settings.ts'
import { isZone } from '../zones.ts'

/** Stores business hours; queues and shifts that go by them are looked at by the new ones at once. */
export const putHours = async (core: Core, workspace: string, hours: Hours): Promise<Kept<Hours>> => {
  const checked = checkHours(hours, isZone)
  if (!checked.ok) return { _tag: 'Refused', refusal: checked.refusal }
  const { id } = checked.hours
  const { agents, queues } = await core.directory.of(workspace)
  const kept = await keepSetting(core, workspace, 'hours', checked.hours)
  const shifts = [...agents.values()].filter((agent) => agent.shift === id)
  const byThem = [...queues.values()].filter((queue) => queue.hours === id && needsWork(queue))
  await seeNow(
    core,
    workspace,
    shifts.map((agent) => agent.id),
  )
  await distributeNow(
    core,
    workspace,
    byThem.map((queue) => queue.id),
  )
  return kept
}
