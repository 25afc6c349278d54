import { field, idAt, listAt, textAt } from '@guichet/channel-kit'
import { graphError } from '@guichet/channel-kit/meta'
import { classOf } from '../graph/errors.ts'
import { type HealthReported, type Level, levelOf, reported } from './reported.ts'

/**
 * Words of `account_update` that say how the account stands; the others say something beside it. `down` stops whatever is
 * to leave, so that only what leaves no doubt is that.
 */
const standings: Readonly<Record<string, Level>> = {
  ACCOUNT_DELETED: 'down',
  ACCOUNT_OFFBOARDED: 'down',
  ACCOUNT_RESTRICTION: 'restricted',
  ACCOUNT_RECONNECTED: 'ok',
  VERIFIED_ACCOUNT: 'ok',
}

const bans: Readonly<Record<string, Level>> = { DISABLE: 'down', SCHEDULE_FOR_DISABLE: 'warning', REINSTATE: 'ok' }

const beside: Readonly<Record<string, readonly [about: string, level: Level]>> = {
  ACCOUNT_VIOLATION: ['violation', 'warning'],
  PARTNER_REMOVED: ['partner', 'restricted'],
  PARTNER_ADDED: ['partner', 'ok'],
  PARTNER_APP_UNINSTALLED: ['application of a partner', 'warning'],
  PARTNER_APP_INSTALLED: ['application of a partner', 'ok'],
}

export const accountUpdate = (value: unknown, at: number | undefined): HealthReported => {
  const event = textAt(value, 'event') ?? 'unknown'
  if (event === 'DISABLED_UPDATE') {
    const state = textAt(value, 'ban_info', 'waba_ban_state') ?? 'unknown'
    const since = idAt(value, 'ban_info', 'waba_ban_date')
    return reported(levelOf(bans, state, 'restricted'), undefined, event, [event, state, since], at)
  }
  const restrictions = listAt(value, 'restriction_info').flatMap((one) => textAt(one, 'restriction_type') ?? [])
  const said = [
    event,
    restrictions.join(', '),
    textAt(value, 'violation_info', 'violation_type'),
    textAt(value, 'disconnection_info', 'reason'),
    textAt(value, 'partner_client_certification_info', 'status'),
  ]
  if (Object.hasOwn(standings, event)) {
    return reported(levelOf(standings, event, 'warning'), undefined, event, said, at)
  }
  const [about, level] = Object.hasOwn(beside, event) ? (beside[event] ?? [event, 'ok']) : [event, 'ok' as const]
  return reported(level, about, event, said, at)
}

const reviews: Readonly<Record<string, Level>> = { APPROVED: 'ok', PENDING: 'ok', REJECTED: 'restricted' }

export const accountReview = (value: unknown, at: number | undefined): HealthReported => {
  const decision = textAt(value, 'decision') ?? 'unknown'
  return reported(levelOf(reviews, decision, 'warning'), 'review', decision, ['review', decision], at)
}

const severities: Readonly<Record<string, Level>> = { INFORMATIONAL: 'ok', WARNING: 'warning', CRITICAL: 'restricted' }

/** An alert may stand in the value itself, or in `alert_info` of it. */
export const accountAlert = (value: unknown, at: number | undefined): HealthReported => {
  const alert = field(value, 'alert_info') ?? value
  const kind = textAt(alert, 'alert_type') ?? 'account_alerts'
  const severity = textAt(alert, 'alert_severity') ?? 'WARNING'
  const over = textAt(alert, 'alert_status') === 'NONE'
  const level = over ? 'ok' : levelOf(severities, severity, 'warning')
  return reported(level, kind, kind, [kind, textAt(alert, 'alert_description')], at)
}

export const businessCapability = (value: unknown, at: number | undefined): HealthReported => {
  const limits = Object.entries(typeof value === 'object' && value !== null ? value : {}).map(
    ([name, limit]) => `${name} ${String(limit)}`,
  )
  return reported('ok', 'capability', 'business_capability_update', ['capability', limits.join(', ')], at)
}

/**
 * An error of a webhook that is about no message: it is the application, the number or the account that has it. Whether
 * anything can still be sent is left to the next message to find out.
 */
export const accountError = (error: unknown, number: string | undefined): HealthReported | undefined => {
  const found = graphError(error)
  if (found === undefined) return undefined
  const kind = classOf(found.code)
  const level = kind === 'auth' || kind === 'account' ? 'restricted' : 'warning'
  return reported(level, number, String(found.code), [found.message, found.details], undefined)
}
