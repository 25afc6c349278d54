import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { InboundEvent } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { accountsOf, whatsApp } from '../src/index.ts'
import { accountWith } from './support/account.ts'
import { requestWith } from './support/webhook.ts'

/** Webhooks that nobody here wrote. They are not part of the project; where they are not, this says so. */
const folder = fileURLToPath(new URL('../../../../shared/fixtures/whatsapp/pywa-updates', import.meta.url))
const present = existsSync(folder)
if (!present) console.warn(`SKIPPED: no webhooks of WhatsApp at ${folder}`)

type Webhook = { readonly entry: ReadonlyArray<{ readonly changes: ReadonlyArray<{ readonly field: string }> }> }

const webhooks: ReadonlyArray<readonly [name: string, webhook: Webhook]> = present
  ? readdirSync(folder).flatMap((file) =>
      Object.entries<Webhook>(JSON.parse(readFileSync(join(folder, file), 'utf8'))).map(
        ([name, webhook]) => [`${file.replace('.json', '')}: ${name}`, webhook] as const,
      ),
    )
  : []

/** Each is for an account of its own. */
const parse = async (webhook: Webhook): Promise<ReadonlyArray<InboundEvent>> => {
  const request = requestWith(webhook)
  const [phoneNumberId = ''] = accountsOf(request)
  return whatsApp().parse(request, accountWith({ phoneNumberId }))
}

/** What each file is about; calls are counted and no more. */
const expected: Readonly<Record<string, InboundEvent['_tag']>> = {
  account_update: 'HealthReported',
  call_connect: 'Ignored',
  call_permission_update: 'MessageReceived',
  call_status: 'Ignored',
  call_terminate: 'Ignored',
  callback_button: 'MessageReceived',
  callback_selection: 'MessageReceived',
  deleted_message: 'MessageDeleted',
  edited_message: 'MessageEdited',
  flow_completion: 'MessageReceived',
  message: 'MessageReceived',
  'message: reaction': 'Reacted',
  'message: unreaction_empty': 'Reacted',
  'message: unreaction_no_emoji': 'Reacted',
  message_status: 'DeliveryReported',
  'outgoing_message: text': 'MessageEchoed',
  'outgoing_message: delete': 'MessageDeleted',
  'outgoing_message: edit': 'MessageEdited',
  'system: phone_number_change': 'AddressChanged',
  'system: identity_change': 'Ignored',
  template_category_update: 'HealthReported',
  template_components_update: 'HealthReported',
  template_quality_update: 'HealthReported',
  template_status_update: 'HealthReported',
  user_marketing_preferences: 'ConsentChanged',
}

describe.skipIf(!present)('a webhook of somebody else', () => {
  it.each(webhooks)('G06 means one thing, and nothing of it is lost: %s', async (name, webhook) => {
    const events = await parse(webhook)
    const [file = ''] = name.split(':')
    const meaning = expected[name] ?? expected[file]
    // Before what somebody says who is named by several ids stands that they are one person.
    const said = events.filter(({ _tag }) => _tag === meaning || _tag !== 'AddressChanged')
    expect(said.map(({ _tag }) => _tag)).toEqual([meaning])
    const address = said.flatMap((event) =>
      event._tag === 'MessageReceived' ? [event.from.address] : event._tag === 'MessageEchoed' ? [event.to] : [],
    )
    for (const event of events) {
      if (event._tag === 'AddressChanged' && meaning !== 'AddressChanged') expect([event.to]).toEqual(address)
    }
  })

  it('says more than that it was not understood, except where WhatsApp does not hand it on', async () => {
    const empty: Array<string> = []
    for (const [name, webhook] of webhooks) {
      for (const event of await parse(webhook)) {
        const parts = 'parts' in event ? event.parts : []
        if (parts.some(({ _tag }) => _tag === 'Unsupported')) empty.push(name)
      }
    }
    expect(empty).toEqual([
      'message: unsupported',
      'message: unsupported_with_type',
      'message: interactive_message_with_err',
    ])
  })
})
