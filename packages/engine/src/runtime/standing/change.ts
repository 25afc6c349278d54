import { decodeStanding, encodeStanding, standingKind } from '../../codec/account-standing.ts'
import { journalDocument } from '../../codec/workspace.ts'
import {
  type AccountHealth,
  type AccountStanding,
  type AccountStop,
  healthHeard,
  refusedWith,
  stopOf,
  tryingAgain,
} from '../../domain/account-health.ts'
import { system } from '../../domain/actor.ts'
import type { WorkspaceHappening } from '../../domain/workspace/entry.ts'
import type { Core } from '../core.ts'
import { workspaceLines } from '../workspace-journal.ts'
import { hasten } from './hasten.ts'

/** What a host hears of it: that sends stopped, and that they go on. */
const told = (account: string, before: AccountStanding, after: AccountStanding): ReadonlyArray<WorkspaceHappening> => {
  const [stopped, stops] = [stopOf(before), stopOf(after)]
  if (stops !== null && stopped === null) {
    const { because, code, message } = stops
    return [{ _tag: 'AccountStopped', account, because, code, message }]
  }
  return stops === null && stopped !== null ? [{ _tag: 'AccountResumed', account }] : []
}

/** Whether what has waited may leave at once: not after a pause, which ends for one after the other. */
const goesOn = ({ before, after }: Changed): boolean =>
  stopOf(after) === null && (stopOf(before) !== null || after.actedAt !== before.actedAt)

interface Changed {
  readonly before: AccountStanding
  readonly after: AccountStanding
  readonly changed: boolean
}

/** Writes down how an account stands from now on, with what the workspace's journal says of it, in one commit. */
const changeStanding = async (
  core: Core,
  workspace: string,
  account: string,
  change: (standing: AccountStanding) => AccountStanding,
  lines: (after: AccountStanding) => ReadonlyArray<WorkspaceHappening> = () => [],
): Promise<boolean> => {
  const { value } = await core.committer.submit<Changed>({
    workspace,
    needs: {
      documents: [
        { workspace, kind: standingKind, id: account },
        { workspace, ...journalDocument },
      ],
    },
    decide: (view) => {
      const stored = view.document(workspace, standingKind, account)
      const before = decodeStanding(stored)
      const after = change(before)
      if (after === before) return { _tag: 'Decided', value: { before, after, changed: false }, changes: { workspace } }
      const happened = [...lines(after), ...told(account, before, after)]
      const { documents, entries } = workspaceLines(view, workspace, core.clock.now(), system, happened)
      return {
        _tag: 'Decided',
        value: { before, after, changed: true },
        changes: {
          workspace,
          documents: [encodeStanding(account, after, (stored?.version ?? 0) + 1), ...documents],
          entries,
        },
      }
    },
  })
  core.standings.changed(workspace, account, value.after)
  if (value.changed && goesOn(value)) await hasten(core, workspace, account)
  return value.changed
}

/** The provider has said how an account stands. Answers whether that was news. */
export const hearHealth = (core: Core, workspace: string, account: string, report: AccountHealth): Promise<boolean> =>
  changeStanding(
    core,
    workspace,
    account,
    (standing) => healthHeard(standing, report, core.clock.now()),
    ({ health }) =>
      health
        .filter(({ about }) => about === report.about)
        .map((known) => ({ _tag: 'HealthReported', account, health: known })),
  )

/** A message was refused for what stands in the way of every other one as well. `leftAt` in epoch milliseconds. */
export const stopSending = (
  core: Core,
  workspace: string,
  account: string,
  stop: Omit<AccountStop, 'since'>,
  leftAt: number,
): Promise<boolean> =>
  changeStanding(core, workspace, account, (standing) =>
    refusedWith(standing, { ...stop, since: core.clock.now() }, leftAt),
  )

/** The provider takes nothing from the account for a while. */
export const pauseSending = (
  core: Core,
  workspace: string,
  account: string,
  pauseOf: (times: number) => number,
): Promise<boolean> =>
  changeStanding(core, workspace, account, (standing) => {
    const now = core.clock.now()
    const { until = 0, times = 0 } = standing.pause ?? {}
    // What was on its way when the pause began is part of it.
    if (until > now) return standing
    return { ...standing, pause: { until: now + pauseOf(times + 1), times: times + 1 } }
  })

/** A message was taken: what comes next begins with short pauses again. */
export const pauseIsOver = (core: Core, workspace: string, account: string): Promise<boolean> =>
  changeStanding(core, workspace, account, (standing) =>
    standing.pause === null || standing.pause.until > core.clock.now() ? standing : { ...standing, pause: null },
  )

/** Somebody has acted: sends of the account are tried again. Answers whether they had stopped. */
export const resumeSending = (core: Core, workspace: string, account: string): Promise<boolean> =>
  changeStanding(core, workspace, account, (standing) => tryingAgain(standing, core.clock.now()))
