import type { AccountHealth } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { whatsApp } from '../src/index.ts'
import { accountWith, businessId } from './support/account.ts'
import { envelope, fromZoe, messagesChange, parsed, requestWith } from './support/webhook.ts'

/** When the entry of the tests was made. */
const at = 1_749_416_500_000

const healthOf = async (field: string, value: object) => {
  const [event, ...more] = await parsed({ field, value })
  expect(more).toEqual([])
  return event
}

const template = { message_template_name: 'hello', message_template_language: 'en_US', message_template_id: 1 }

describe('the health of an account', () => {
  it.each<[string, AccountHealth['level']]>([
    ['APPROVED', 'ok'],
    ['REINSTATED', 'ok'],
    ['UNARCHIVED', 'ok'],
    ['PENDING', 'ok'],
    ['IN_APPEAL', 'warning'],
    ['FLAGGED', 'warning'],
    ['REJECTED', 'warning'],
    ['ARCHIVED', 'warning'],
    ['PENDING_DELETION', 'warning'],
    ['DELETED', 'warning'],
    ['PAUSED', 'restricted'],
    ['DISABLED', 'restricted'],
    ['LIMIT_EXCEEDED', 'restricted'],
    ['LOCKED', 'restricted'],
    ['SOMETHING_NEW', 'warning'],
  ])('a template that is %s is %s', async (event, level) => {
    expect(await healthOf('message_template_status_update', { event, reason: 'NONE', ...template })).toEqual({
      _tag: 'HealthReported',
      level,
      about: 'template hello (en_US)',
      code: event,
      message: `hello (en_US): ${event}`,
      at,
    })
  })

  it.each<[string, object, Partial<AccountHealth>]>([
    [
      'message_template_quality_update',
      { previous_quality_score: 'GREEN', new_quality_score: 'YELLOW', ...template },
      { level: 'warning', about: 'quality of template hello (en_US)', code: 'YELLOW' },
    ],
    [
      'template_category_update',
      { new_category: 'MARKETING', previous_category: 'UTILITY', ...template },
      { level: 'warning', code: 'MARKETING', message: 'hello (en_US): UTILITY to MARKETING' },
    ],
    ['message_template_components_update', { message_template_element: 'Hi', ...template }, { level: 'ok' }],
    [
      'phone_number_quality_update',
      { display_phone_number: '15550783881', event: 'FLAGGED', current_limit: 'TIER_10K' },
      { level: 'warning', about: 'quality of 15550783881', message: '15550783881: FLAGGED: TIER_10K' },
    ],
    [
      'phone_number_name_update',
      { display_phone_number: '15550783881', decision: 'REJECTED', requested_verified_name: 'Acme' },
      { level: 'warning', about: 'name of 15550783881', code: 'REJECTED' },
    ],
    ['account_review_update', { decision: 'REJECTED' }, { level: 'restricted', about: 'review' }],
    ['account_alerts', { alert_severity: 'CRITICAL', alert_type: 'OBA_REJECTED' }, { level: 'restricted' }],
    ['business_capability_update', { max_phone_numbers_per_business: 25 }, { level: 'ok', about: 'capability' }],
    ['account_update', { event: 'ACCOUNT_DELETED' }, { level: 'down', code: 'ACCOUNT_DELETED' }],
    [
      'account_update',
      { event: 'ACCOUNT_RESTRICTION', restriction_info: [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING' }] },
      { level: 'restricted', message: 'ACCOUNT_RESTRICTION: RESTRICTED_BIZ_INITIATED_MESSAGING' },
    ],
    [
      'account_update',
      { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'April 17, 2025' } },
      { level: 'down' },
    ],
    ['account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'REINSTATE' } }, { level: 'ok' }],
    [
      'account_update',
      { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'ADULT' } },
      { level: 'warning', about: 'violation', message: 'ACCOUNT_VIOLATION: ADULT' },
    ],
    ['account_update', { event: 'PARTNER_REMOVED', waba_info: {} }, { level: 'restricted', about: 'partner' }],
    ['account_update', { event: 'MM_LITE_TERMS_SIGNED' }, { level: 'ok', about: 'MM_LITE_TERMS_SIGNED' }],
  ])('%s %j', async (field, value, health) => {
    expect(await healthOf(field, value)).toMatchObject({ _tag: 'HealthReported', at, ...health })
  })

  it('is also what errors say that are about no message', async () => {
    const errors = [
      { code: 130_429, title: 'Rate limit hit', error_data: { details: 'Slow down' } },
      { code: 190, message: 'The token has expired' },
      { title: 'no code' },
    ]
    expect(await parsed(messagesChange({ errors }))).toMatchObject([
      { _tag: 'HealthReported', level: 'warning', code: '130429', message: 'Rate limit hit: Slow down' },
      { _tag: 'HealthReported', level: 'restricted', code: '190' },
      { _tag: 'Unreadable' },
    ])
    const { value } = fromZoe({ type: 'text', text: { body: 'Hello' } })
    expect(await parsed({ field: 'messages', value: { ...value, errors: errors.slice(0, 1) } })).toMatchObject([
      { _tag: 'MessageReceived' },
      { _tag: 'HealthReported', code: '130429' },
    ])
  })

  it('G04 of another business account is ignored where ours is known, also within the entry of a partner', async () => {
    const account = accountWith({ businessAccountId: businessId })
    const news = (waba_id?: string) => ({
      field: 'account_update',
      value: { event: 'ACCOUNT_DELETED', ...(waba_id === undefined ? {} : { waba_info: { waba_id } }) },
    })
    const request = requestWith(envelope(news(), news('7'), news(businessId)))
    const events = await whatsApp().parse(request, account)
    expect(events).toMatchObject([
      { _tag: 'HealthReported' },
      { _tag: 'Ignored', reason: 'another account: 7' },
      { _tag: 'HealthReported' },
    ])
  })
})
