import type { GuaranteeCase } from './case.ts'
import type { GuaranteeConformanceCase, GuaranteeHarness } from './harness.ts'
import { inRig } from './rig.ts'
import { gateCases } from './automation/gate.ts'
import { botFailureCases } from './automation/failure.ts'
import { handoverCases } from './automation/handover.ts'
import { controlCases } from './beside/control.ts'
import { profileCases } from './beside/profiles.ts'
import { reactionCases } from './beside/reactions.ts'
import { shownCases } from './beside/shown.ts'
import { awayCases } from './distribution/away.ts'
import { capacityCases } from './distribution/capacity.ts'
import { distributionCrashCases } from './distribution/crash.ts'
import { offerCases } from './distribution/offers.ts'
import { presenceCases } from './distribution/presence.ts'
import { priorityCases } from './distribution/priority.ts'
import { returningCases } from './distribution/returning.ts'
import { turnCases } from './distribution/turns.ts'
import { answerCases } from './inbound/answers.ts'
import { changeCases } from './inbound/changes.ts'
import { elsewhereCases } from './inbound/elsewhere.ts'
import { externalIdCases } from './inbound/external-ids.ts'
import { mixedRequestCases } from './inbound/mixed.ts'
import { onceCases } from './inbound/once.ts'
import { oneConversationCases } from './inbound/one-conversation.ts'
import { receiptCases } from './inbound/receipts.ts'
import { evidenceCases, tokenCases } from './inbound/threads.ts'
import { remoteFileCases } from './inbound/remote-files.ts'
import { mediaCases, timeCases } from './inbound/time-and-media.ts'
import { translationCrashCases } from './languages/crash.ts'
import { translationCases } from './languages/translation.ts'
import { inboundPolicyCases } from './lifecycle/inbound-policy.ts'
import { snoozeCases } from './lifecycle/snooze.ts'
import { slaCases } from './lifecycle/sla.ts'
import { importCases } from './keeping/import.ts'
import { retentionCases } from './keeping/retention.ts'
import { accountHealthCases } from './outbound/account-health.ts'
import { consentCases, windowCases } from './outbound/can-send.ts'
import { crashCases } from './outbound/crash.ts'
import { failedReportCases } from './outbound/failed-reports.ts'
import { orderCases } from './outbound/order.ts'
import { reportCases } from './outbound/reports.ts'
import { reportByKeyCases } from './outbound/reports-by-key.ts'
import { windowReminderCases } from './outbound/window-reminder.ts'
import { assignCases } from './ownership/assign.ts'
import { claimCases } from './ownership/claim.ts'
import { conflictCases } from './ownership/conflict.ts'
import { blockCases } from './people/blocking.ts'
import { eraseCases } from './people/erasing.ts'
import { eraseCrashCases } from './people/erasing-crash.ts'
import { exportCases } from './people/exporting.ts'
import { knowingCases } from './people/knowing.ts'
import { mergeCases } from './people/merging.ts'
import { mergingCases as mergedCases } from './together/merging.ts'
import { movingCases } from './together/moving.ts'
import { nodeCases } from './together/nodes.ts'
import { watchingCases } from './together/watching.ts'
import { feedCases } from './reading/feed.ts'
import { hostCases } from './reading/host.ts'
import { pageCases } from './reading/pages.ts'
import { reportCases as figureCases } from './reading/reports.ts'
import { transcriptCases } from './reading/transcripts.ts'
import { sightCases } from './reading/sight.ts'
import { tenantCases } from './reading/tenants.ts'
import { unreadCases } from './reading/unread.ts'
import { scheduledCases } from './writing/scheduled.ts'
import { startCases } from './writing/start.ts'
import { templateCases } from './writing/templates.ts'

const all: ReadonlyArray<GuaranteeCase> = [
  ...oneConversationCases,
  ...onceCases,
  ...mixedRequestCases,
  ...answerCases,
  ...externalIdCases,
  ...elsewhereCases,
  ...receiptCases,
  ...timeCases,
  ...mediaCases,
  ...remoteFileCases,
  ...changeCases,
  ...tokenCases,
  ...evidenceCases,
  ...crashCases,
  ...reportCases,
  ...reportByKeyCases,
  ...accountHealthCases,
  ...failedReportCases,
  ...orderCases,
  ...windowCases,
  ...consentCases,
  ...windowReminderCases,
  ...reactionCases,
  ...controlCases,
  ...shownCases,
  ...profileCases,
  ...claimCases,
  ...assignCases,
  ...conflictCases,
  ...capacityCases,
  ...distributionCrashCases,
  ...turnCases,
  ...priorityCases,
  ...returningCases,
  ...offerCases,
  ...awayCases,
  ...presenceCases,
  ...blockCases,
  ...mergeCases,
  ...eraseCases,
  ...eraseCrashCases,
  ...exportCases,
  ...knowingCases,
  ...snoozeCases,
  ...slaCases,
  ...importCases,
  ...retentionCases,
  ...inboundPolicyCases,
  ...gateCases,
  ...botFailureCases,
  ...handoverCases,
  ...translationCases,
  ...translationCrashCases,
  ...mergedCases,
  ...movingCases,
  ...watchingCases,
  ...nodeCases,
  ...sightCases,
  ...unreadCases,
  ...pageCases,
  ...figureCases,
  ...transcriptCases,
  ...feedCases,
  ...tenantCases,
  ...hostCases,
  ...scheduledCases,
  ...startCases,
  ...templateCases,
]

const idOf = (name: string): string => name.slice(0, 3)

/**
 * What the engine promises, proven through the whole engine on a store: webhooks in, commands and reads through the
 * facade, and out to a provider whose ledger stands outside the engine. A name is a whole test title that begins with
 * the id of the promise.
 *
 * @example
 * ```ts
 * import { guaranteeCases } from '@guichet/conformance'
 * import { memoryStorage } from '@guichet/engine/memory'
 *
 * for (const { name, run } of guaranteeCases({ open: async () => memoryStorage() })) {
 *   // With a test runner: test(name, run)
 *   if (name.startsWith('G03')) await run().catch((error) => console.log(name, error))
 * }
 * ```
 */
export const guaranteeCases = (harness: GuaranteeHarness): ReadonlyArray<GuaranteeConformanceCase> =>
  all.map(({ name, body }) => ({
    area: 'guarantees',
    name,
    guarantee: idOf(name),
    run: () => inRig(harness, body),
  }))
