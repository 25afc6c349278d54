import { shown } from '../domain/shape.ts'
import { priorities } from '../domain/conversation/state.ts'
import type { SlaPolicy } from '../domain/sla/policy.ts'
import type { Core } from './core.ts'
import { type Kept, invalid, isName, keepSetting } from './settings.ts'

const isDuration = (value: unknown): value is number | null =>
  value === null || (typeof value === 'number' && Number.isFinite(value) && value > 0)

const isList = (value: unknown): value is ReadonlyArray<string> | undefined =>
  value === undefined || (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string'))

const issuesOf = (policy: SlaPolicy): ReadonlyArray<string> => {
  const { id, name, when, firstResponse, nextResponse, resolution } = policy
  const issues: Array<string> = []
  if (!isName(id)) issues.push('id: a name of 1 to 200 characters')
  if (!isName(name)) issues.push('name: a name of 1 to 200 characters')
  for (const [field, value] of Object.entries({ firstResponse, nextResponse, resolution })) {
    if (!isDuration(value)) issues.push(`${field}: milliseconds above zero, or null`)
  }
  if (firstResponse === null && nextResponse === null && resolution === null) {
    issues.push('firstResponse, nextResponse, resolution: at least one is promised')
  }
  if (typeof when !== 'object' || when === null) return [...issues, 'when: conditions; {} for all conversations']
  for (const field of Object.keys(when)) {
    if (field !== 'queues' && field !== 'channels' && field !== 'priorities') {
      issues.push(`when.${field}: there are queues, channels and priorities`)
    } else if (!isList(when[field])) {
      issues.push(`when.${field}: a list with something in it, or absent for all`)
    }
  }
  const unknown = isList(when.priorities) && when.priorities?.find((one) => !priorities.includes(one))
  if (unknown) issues.push(`when.priorities: ${unknown} is none of ${priorities.join(', ')}`)
  return issues
}

export const putSlaPolicy = async (core: Core, workspace: string, policy: SlaPolicy): Promise<Kept<SlaPolicy>> => {
  const issues = issuesOf(policy)
  if (issues.length > 0) return invalid('slaPolicy', ...issues)
  const { id, name, firstResponse, nextResponse, resolution } = policy
  const { queues, channels } = policy.when
  const hours = policy.hours ?? null
  const setup = await core.directory.of(workspace)
  const queue = queues?.find((one) => !setup.queues.has(one))
  if (queue !== undefined) return { _tag: 'Refused', refusal: { _tag: 'UnknownQueue', queue } }
  const channel = channels?.find((one) => !core.channels.has(one))
  if (channel !== undefined) return invalid('slaPolicy', `when.channels: there is no channel ${shown(channel)}`)
  if (hours !== null && !setup.hours.has(hours))
    return invalid('slaPolicy', `hours: there are no hours ${shown(hours)}`)
  const when = {
    ...(queues === undefined ? {} : { queues }),
    ...(channels === undefined ? {} : { channels }),
    ...(policy.when.priorities === undefined ? {} : { priorities: policy.when.priorities }),
  }
  return keepSetting(core, workspace, 'sla', { id, name, when, firstResponse, nextResponse, resolution, hours })
}
