import type { Department } from '../../domain/queue/queue.ts'
import type { Core } from '../core.ts'
import { type Kept, invalid, isName, keepSetting } from '../settings.ts'

export const putDepartment = async (
  core: Core,
  workspace: string,
  { id, name, queue }: Department,
): Promise<Kept<Department>> => {
  if (!isName(id)) return invalid('department', 'id: a name of 1 to 200 characters')
  if (!isName(name)) return invalid('department', 'name: a name of 1 to 200 characters')
  const setup = await core.directory.of(workspace)
  if (!setup.queues.has(queue)) return { _tag: 'Refused', refusal: { _tag: 'UnknownQueue', queue } }
  return keepSetting(core, workspace, 'department', { id, name, queue })
}
