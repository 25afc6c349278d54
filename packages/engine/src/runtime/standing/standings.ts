import { decodeStanding, standingKind } from '../../codec/account-standing.ts'
import { type AccountStanding, unknownStanding } from '../../domain/account-health.ts'
import type { Storage } from '../../ports/storage.ts'
import { storageFailed } from '../error.ts'
import { noNeeds } from '../view.ts'

/** How accounts stand with their providers, for whoever is about to send. */
export interface Standings {
  /** As it is now; what another engine on the same store has heard, at most `followMs` later. */
  readonly of: (workspace: string, account: string) => Promise<AccountStanding>
  /** It has changed here. */
  readonly changed: (workspace: string, account: string, standing: AccountStanding) => void
}

/** How far behind another engine this one may be, in milliseconds. */
const followMs = 1_000

interface Answered {
  readonly at: number
  readonly standing: Promise<AccountStanding>
}

/** As the store has it at this moment. */
export const readStanding = async (
  { storage }: { readonly storage: Pick<Storage, 'load'> },
  workspace: string,
  id: string,
): Promise<AccountStanding> => {
  // A store is only asked for what can be there.
  if (typeof id !== 'string') return unknownStanding
  const loaded = await storage.load({ ...noNeeds, documents: [{ workspace, kind: standingKind, id }] })
  return decodeStanding(loaded.documents[0])
}

/** Every send asks, and it hardly ever changes: it is read once in a while, not for every message. */
export const makeStandings = (storage: Pick<Storage, 'load'>, now: () => number): Standings => {
  const answered = new Map<string, Answered>()
  return {
    of: (workspace, account) => {
      const key = JSON.stringify([workspace, account])
      const last = answered.get(key)
      // Either way: clocks are put back as well.
      if (last !== undefined && Math.abs(now() - last.at) < followMs) return last.standing
      const standing = readStanding({ storage }, workspace, account).catch((error: unknown) => {
        if (answered.get(key)?.standing === standing) answered.delete(key)
        throw storageFailed(error)
      })
      answered.set(key, { at: now(), standing })
      return standing
    },
    changed: (workspace, account, standing) => {
      answered.set(JSON.stringify([workspace, account]), { at: now(), standing: Promise.resolve(standing) })
    },
  }
}
