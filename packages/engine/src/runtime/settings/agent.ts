import { shown } from '../../domain/shape.ts'
import type { Permission } from '../../domain/access/permission.ts'
import { permissionsOf } from '../../domain/access/permissions.ts'
import type { Agent } from '../../domain/actor.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { queuesGivingTo } from '../distribution/needs-work.ts'
import { distributeNow } from '../distribution/schedule.ts'
import { seeNow } from '../presence/schedule.ts'
import { type Kept, invalid, isName, keepSetting } from '../settings.ts'
import { writingIssues } from '../templates/agent-writing.ts'

const roles: ReadonlyArray<Agent['role']> = ['agent', 'manager', 'owner']

const permissions: ReadonlyArray<Permission> = permissionsOf('owner')

const texts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => isName(one))

const text = (name: string, value: unknown): string | null =>
  value === undefined || isName(value) ? null : `${name}: a text of 1 to 200 characters`

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

const absenceIssue = (absences: unknown = []): string | null => {
  if (!Array.isArray(absences)) return 'absences: a list of { from, to }'
  for (const [index, absence] of absences.entries()) {
    const { from, to, reason }: Partial<Record<'from' | 'to' | 'reason', unknown>> = absence ?? {}
    if (!(isTime(from) && isTime(to) && from < to)) {
      return `absences[${index}]: from before to, both epoch milliseconds`
    }
    if (reason !== undefined && typeof reason !== 'string') return `absences[${index}].reason: a text, or absent`
  }
  return null
}

const issuesOf = (setup: Setup, agent: Agent): ReadonlyArray<string> => {
  const { id, extension, capacity, shift } = agent
  const same = [...setup.agents.values()].find((one) => one.id !== id && one.extension === extension)
  return [
    isName(id) ? null : 'id: a name of 1 to 200 characters',
    isName(agent.name) ? null : 'name: a name of 1 to 200 characters',
    texts(agent.queues) ? null : 'queues: a list of ids of queues',
    roles.includes(agent.role) ? null : 'role: agent, manager or owner',
    text('extension', extension),
    extension !== undefined && same !== undefined ? `extension: ${shown(extension)} is that of ${same.id}` : null,
    capacity === undefined || (Number.isInteger(capacity) && capacity >= 0)
      ? null
      : 'capacity: a whole number from 0; leave it out for no limit',
    ...writingIssues(agent, setup),
    agent.languages === undefined || texts(agent.languages) ? null : 'languages: a list of BCP 47 tags',
    shift === undefined || setup.hours.has(shift)
      ? null
      : `shift: there are no hours ${shown(shift)}; create them first`,
    absenceIssue(agent.absences),
    agent.permissions === undefined ||
    (Array.isArray(agent.permissions) && agent.permissions.every((one) => permissions.includes(one)))
      ? null
      : `permissions: out of ${permissions.join(', ')}`,
  ].filter((issue) => issue !== null)
}

/** An agent as she is stored: what nobody said of her is not in it. */
const written = (agent: Agent): Agent => {
  const { id, name, role, queues, email, extension, capacity, signature, languages, shift, absences } = agent
  return {
    id,
    name,
    role,
    queues: [...new Set(queues)],
    ...(email === undefined ? {} : { email }),
    ...(extension === undefined ? {} : { extension }),
    ...(capacity === undefined ? {} : { capacity }),
    ...(signature === undefined ? {} : { signature }),
    ...(languages === undefined ? {} : { languages: [...languages] }),
    ...(shift === undefined ? {} : { shift }),
    ...(absences === undefined
      ? {}
      : {
          absences: absences.map(({ from, to, reason }) => ({ from, to, ...(reason === undefined ? {} : { reason }) })),
        }),
    ...(agent.permissions === undefined ? {} : { permissions: [...agent.permissions] }),
  }
}

/** Stores an agent; whether she is there, and what she can be given, is looked at by what is new about her. */
export const putAgent = async (core: Core, workspace: string, agent: Agent): Promise<Kept<Agent>> => {
  const setup = await core.directory.of(workspace)
  const issues = issuesOf(setup, agent)
  if (issues.length > 0) return invalid('agent', ...issues)
  const unknown = agent.queues.find((queue) => !setup.queues.has(queue))
  if (unknown !== undefined) return { _tag: 'Refused', refusal: { _tag: 'UnknownQueue', queue: unknown } }
  const kept = await keepSetting(core, workspace, 'agent', written(agent))
  if (setup.agents.has(agent.id)) await seeNow(core, workspace, [agent.id])
  // Somebody new may be there already, where the host knows it.
  if (setup.agents.has(agent.id) || core.hostDirectory !== undefined) {
    await distributeNow(core, workspace, queuesGivingTo(setup, agent))
  }
  return kept
}
