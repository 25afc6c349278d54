import { can } from '../../domain/access/permissions.ts'
import type { Core } from '../core.ts'
import type { Viewer } from '../read/viewer.ts'
import { type Acted, actorOf, askedBy, notFound, refused, refusing } from './act.ts'
import type { Reach } from './creating.ts'
import { familyFinder } from './family.ts'
import { recordContact } from './journal.ts'
import { seeFamily } from './sight.ts'

/** Says that an address is somebody's, or takes it back. */
export const verifyIdentity = async (
  core: Core,
  viewer: Viewer,
  id: string,
  { account, address, verified }: Reach & { readonly verified: boolean },
): Promise<Acted<void>> => {
  const { workspace } = viewer
  const asked = await askedBy(core, viewer)
  if (asked._tag === 'Refused') return asked
  const { agent } = asked.value
  if ((await seeFamily(core, viewer, id)) === undefined) return notFound
  if (!can(agent, 'editContacts')) return refused({ _tag: 'Forbidden', action: 'editContacts' })
  if (typeof account !== 'string' || typeof address !== 'string') {
    return refused({ _tag: 'Invalid', what: 'identity', issues: ['account, address: where somebody is reached'] })
  }
  const finder = familyFinder(workspace)
  const { value } = await core.committer.submit<Acted<void>>({
    workspace,
    needs: { identities: [{ workspace, account, address }] },
    decide: (view) => {
      const found = finder.in(view, id)
      if (found._tag === 'Needs') return found
      const identity = view.identity(workspace, account, address)
      const contact = identity && found.family?.members.get(identity.contact)
      if (identity === undefined || contact === undefined) return refusing(workspace, { _tag: 'NotFound' })
      if (identity.verified === (verified === true)) return refusing(workspace, { _tag: 'NothingToDo' })
      const what = { _tag: 'IdentityVerified', account, verified: verified === true } as const
      const line = { at: core.clock.now(), actor: actorOf(agent), what }
      return {
        _tag: 'Decided',
        value: { _tag: 'Done', value: undefined },
        changes: {
          workspace,
          identities: [{ ...identity, verified: verified === true, version: identity.version + 1 }],
          ...recordContact(found.family?.stored.get(contact.id), contact, line),
        },
      }
    },
  })
  return value
}
