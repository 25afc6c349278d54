import { decodeDelivery, encodeDelivery } from '../../codec/delivery.ts'
import type { MessageAddress } from '../../domain/message/message.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { isContended } from '../error.ts'

/** Of what is still to be done in a workspace so much is looked at, the soonest; what comes after it looks again by itself. */
const lookedAtMost = 10_000

/**
 * Lets a message that waits be taken up now. Only one that waits: its delivery is written as it is, so that the commit
 * fails when somebody is about to send it.
 */
export const hastenOne = async (
  core: Core,
  { workspace, id, attempts }: Pick<ClaimedWork, 'workspace' | 'id' | 'attempts'>,
  account: string,
  { conversation, seq }: MessageAddress,
): Promise<void> => {
  try {
    await core.committer.submit({
      workspace,
      needs: { deliveries: [{ workspace, conversation, seq }] },
      decide: (view) => {
        const stored = view.delivery(workspace, conversation, seq)
        const delivery = stored && decodeDelivery(stored)
        const waits = stored?.account === account && delivery?.status === 'queued' && delivery.movedTo === undefined
        if (!waits) return { _tag: 'Decided', value: undefined, changes: { workspace } }
        return {
          _tag: 'Decided',
          value: undefined,
          changes: {
            workspace,
            deliveries: [encodeDelivery(stored, delivery, stored.version + 1)],
            settle: [{ id, attempts, retryAt: core.clock.now() }],
          },
        }
      },
    })
  } catch (error) {
    // It has been taken up meanwhile.
    if (!isContended(error)) throw error
  }
}

const isLater = (core: Core, { kind, due }: ClaimedWork): boolean => kind === 'deliver' && due > core.clock.now()

/** What waits for an account leaves now that it may: everything that was put off goes on in its order. */
export const hasten = async (core: Core, workspace: string, account: string): Promise<void> => {
  try {
    const upcoming = await core.storage.upcoming(workspace, lookedAtMost)
    const waiting = upcoming.filter((work) => isLater(core, work))
    await Promise.all(
      waiting.map((work) => {
        const { behind, ...address } = JSON.parse(work.payload) as MessageAddress & { readonly behind?: true }
        return behind === true ? undefined : hastenOne(core, work, account, address)
      }),
    )
  } catch (error) {
    // Whoever acted has done so all the same, and what waits looks again by itself.
    core.report('work deliver', error)
  }
}
