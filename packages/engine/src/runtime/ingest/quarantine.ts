import type { Receipt, WireRequest } from '../../ports/channel.ts'
import type { StoredQuarantine } from '../../ports/storage.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'

/** Keeps what could not be understood, byte for byte. Resolves when it is durable. */
export const quarantine = async (
  core: Core,
  to: Connected,
  what: { readonly reason: string; readonly request: WireRequest },
): Promise<Receipt> => {
  const id = core.ids.next()
  const { body, ...head } = what.request
  await core.committer.submit({
    needs: {},
    decide: () => ({
      _tag: 'Decided',
      value: undefined,
      changes: {
        workspace: to.workspace,
        quarantine: [
          { id, account: to.account.id, at: core.clock.now(), reason: what.reason, head: JSON.stringify(head), body },
        ],
      },
    }),
  })
  return { _tag: 'Quarantined', id, reason: what.reason }
}

export const requestOf = (stored: StoredQuarantine): WireRequest => ({
  ...(JSON.parse(stored.head) as Omit<WireRequest, 'body'>),
  body: stored.body,
})

/** Takes out what has found its place in the meantime. */
export const releaseFromQuarantine = async (core: Core, workspace: string, id: string): Promise<void> => {
  await core.committer.submit({
    needs: {},
    decide: () => ({ _tag: 'Decided', value: undefined, changes: { workspace, release: [id] } }),
  })
}
