import { idAt, textAt } from '@guichet/channel-kit'
import { type HealthReported, type Level, levelOf, reported } from './reported.ts'

const qualities: Readonly<Record<string, Level>> = {
  FLAGGED: 'warning',
  DOWNGRADE: 'warning',
  UNFLAGGED: 'ok',
  UPGRADE: 'ok',
  ONBOARDING: 'ok',
  THROUGHPUT_UPGRADE: 'ok',
}

const decisions: Readonly<Record<string, Level>> = {
  APPROVED: 'ok',
  PENDING: 'ok',
  DEFERRED: 'warning',
  REJECTED: 'warning',
}

const numberOf = (value: unknown): string => idAt(value, 'display_phone_number') ?? 'the number'

export const numberQuality = (value: unknown, at: number | undefined): HealthReported => {
  const event = textAt(value, 'event') ?? 'unknown'
  const limit = textAt(value, 'max_daily_conversations_per_business') ?? textAt(value, 'current_limit')
  const number = numberOf(value)
  return reported(levelOf(qualities, event, 'warning'), `quality of ${number}`, event, [number, event, limit], at)
}

export const numberName = (value: unknown, at: number | undefined): HealthReported => {
  const decision = textAt(value, 'decision') ?? 'unknown'
  const said = [textAt(value, 'requested_verified_name'), decision, textAt(value, 'rejection_reason')]
  return reported(levelOf(decisions, decision, 'warning'), `name of ${numberOf(value)}`, decision, said, at)
}
