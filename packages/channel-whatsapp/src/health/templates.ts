import { idAt, textAt } from '@guichet/channel-kit'
import { type HealthReported, type Level, levelOf, reported } from './reported.ts'

/** Words of `message_template_status_update`. What is not approved yet was never used: nothing works worse than before. */
const statuses: Readonly<Record<string, Level>> = {
  APPROVED: 'ok',
  REINSTATED: 'ok',
  UNARCHIVED: 'ok',
  PENDING: 'ok',
  IN_APPEAL: 'warning',
  FLAGGED: 'warning',
  REJECTED: 'warning',
  ARCHIVED: 'warning',
  PENDING_DELETION: 'warning',
  DELETED: 'warning',
  PAUSED: 'restricted',
  DISABLED: 'restricted',
  LIMIT_EXCEEDED: 'restricted',
  LOCKED: 'restricted',
}

const scores: Readonly<Record<string, Level>> = { GREEN: 'ok', UNKNOWN: 'ok', YELLOW: 'warning', RED: 'warning' }

/** A template is one of its name in one language. */
const nameOf = (value: unknown): string => {
  const name = idAt(value, 'message_template_name') ?? idAt(value, 'message_template_id') ?? 'template'
  const language = textAt(value, 'message_template_language')
  return language === undefined ? name : `${name} (${language})`
}

export const templateStatus = (value: unknown, at: number | undefined): HealthReported => {
  const event = textAt(value, 'event') ?? 'unknown'
  const reason = textAt(value, 'rejection_info', 'reason') ?? textAt(value, 'reason')
  const more = textAt(value, 'rejection_info', 'recommendation') ?? textAt(value, 'other_info', 'description')
  const name = nameOf(value)
  return reported(levelOf(statuses, event, 'warning'), `template ${name}`, event, [name, event, reason, more], at)
}

export const templateQuality = (value: unknown, at: number | undefined): HealthReported => {
  const score = textAt(value, 'new_quality_score') ?? 'UNKNOWN'
  const before = textAt(value, 'previous_quality_score')
  const name = nameOf(value)
  const said = [name, before === undefined ? score : `${before} to ${score}`]
  return reported(levelOf(scores, score, 'warning'), `quality of template ${name}`, score, said, at)
}

/** Another category has another price, and other rules. */
export const templateCategory = (value: unknown, at: number | undefined): HealthReported => {
  const category = textAt(value, 'new_category') ?? textAt(value, 'correct_category') ?? 'unknown'
  const before = textAt(value, 'previous_category')
  const name = nameOf(value)
  const said = [name, before === undefined ? category : `${before} to ${category}`]
  return reported('warning', `category of template ${name}`, category, said, at)
}

export const templateComponents = (value: unknown, at: number | undefined): HealthReported => {
  const name = nameOf(value)
  const said = [name, textAt(value, 'message_template_element')]
  return reported('ok', `components of template ${name}`, 'message_template_components_update', said, at)
}
