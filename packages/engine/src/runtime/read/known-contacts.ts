import type { Contact } from '../../domain/contact/contact.ts'
import { asOne } from '../contact/family.ts'
import { seeFamily } from '../contact/sight.ts'
import type { Core } from '../core.ts'
import type { Viewer } from './viewer.ts'

/**
 * Those of these contacts that a viewer may know of, by the id that was asked for. A contact that went into another one
 * is shown as that one.
 */
export const knownTo = async (
  core: Core,
  viewer: Viewer,
  ids: ReadonlyArray<string>,
): Promise<ReadonlyMap<string, Contact>> => {
  const asked = [...new Set(ids)]
  const seen = await Promise.all(asked.map((id) => seeFamily(core, viewer, id)))
  return new Map(
    asked.flatMap((id, index) => {
      const one = seen[index]
      return one === undefined ? [] : [[id, { ...asOne(one.family), lastActivity: one.lastActivity }] as const]
    }),
  )
}
