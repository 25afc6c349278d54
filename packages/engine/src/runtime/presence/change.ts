import { decodeSeat, encodeSeat } from '../../codec/seat.ts'
import type { Seat } from '../../domain/presence/seat.ts'
import type { Core } from '../core.ts'
import { presenceNow } from './now.ts'

/**
 * Writes down what is heard of an agent's being there, and that its consequences are to be seen to: at once when she
 * came or went by it, otherwise when time alone changes it.
 */
export const changeSeat = async (
  core: Core,
  workspace: string,
  agent: string,
  change: (seat: Seat, now: number) => Seat,
): Promise<void> => {
  const setup = await core.directory.of(workspace)
  await core.committer.submit({
    workspace,
    needs: { documents: [{ workspace, kind: 'seat', id: agent }] },
    decide: (view) => {
      const { seat, was, version } = decodeSeat(view.document(workspace, 'seat', agent), agent)
      const now = core.clock.now()
      const next = change(seat, now)
      if (next === seat) return { _tag: 'Decided', value: undefined, changes: { workspace } }
      const { presence, until } = presenceNow(core, setup, next, now)
      const due = presence === was ? until : now
      return {
        _tag: 'Decided',
        value: undefined,
        changes: {
          workspace,
          documents: [encodeSeat({ seat: next, was }, version + 1)],
          ...(due === null
            ? { cancel: [{ kind: 'presence', key: agent }] }
            : { work: [{ id: core.ids.next(), kind: 'presence', lane: agent, due, key: agent, payload: '{}' }] }),
        },
      }
    },
  })
}
