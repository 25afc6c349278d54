import { channelCases, titleOf } from '@guichet/conformance'
import type { WireRequest } from '@guichet/engine/ports'
import { describe, it } from 'vitest'
import { instagram, messenger } from '../src/index.ts'
import {
  accountOf,
  appId,
  fromMarie,
  fromPage,
  instagramAccount,
  instagramBody,
  marie,
  otherApp,
  pageBody,
  pageSettings,
  requestOf,
  signed,
} from './support/payloads.ts'

const events = {
  'a message': fromMarie({ message: { mid: 'm_1', text: 'Bonjour' } }),
  'a message with files': fromMarie({
    message: {
      mid: 'm_2',
      reply_to: { story: { id: '1', url: 'https://x.cdninstagram.com/s' } },
      attachments: [
        { type: 'image', payload: { url: 'https://scontent.fbcdn.net/a.png' } },
        { type: 'location', payload: { coordinates: { lat: 1, long: 2 } } },
        { type: 'fallback', title: 'A page', url: 'https://shop.example' },
        { type: 'template', payload: { elements: [{ title: 'Chair', buttons: [{ title: 'Buy' }] }] } },
      ],
    },
  }),
  'a quick reply': fromMarie({ message: { mid: 'm_3', text: 'Yes', quick_reply: { payload: 'yes' } } }),
  'an echo': fromPage({ mid: 'm_4', text: 'Bonjour', app_id: appId, metadata: 'acme/c/2/0' }),
  'a postback': fromMarie({
    postback: { title: 'Start', payload: 'START', referral: { ref: 'x', source: 'ADS', ad_id: '1' } },
  }),
  'a reaction': fromMarie({ reaction: { mid: 'm_4', action: 'react', reaction: 'love', emoji: '❤️' } }),
  'a delivery': fromMarie({ delivery: { mids: ['m_4'], watermark: 1_763_800_000_000 } }),
  'a read mark': fromMarie({ read: { watermark: 1_763_800_000_000 } }),
  'an edit': fromMarie({ message_edit: { mid: 'm_1', text: 'Bonsoir', num_edit: 1 } }),
  'an opt-in': fromMarie({ optin: { type: 'notification_messages', notification_messages_token: 't' } }),
  'a handover': fromMarie({ pass_thread_control: { new_owner_app_id: otherApp, previous_owner_app_id: appId } }),
  'a policy': fromMarie({ policy_enforcement: { action: 'warning', reason: 'Spam' } }),
}

const samples = (bodyOf: (events: ReadonlyArray<unknown>) => unknown) =>
  [...Object.entries(events), ['all at once', Object.values(events)] as const].map(([name, event]) => ({
    name,
    request: requestOf(bodyOf(Array.isArray(event) ? event : [event])),
  }))

describe('the Messenger channel', () => {
  const harness = {
    account: accountOf({ ...pageSettings, proofSecret: 'p', version: 'v25.0' }),
    address: marie,
    sign: (request: WireRequest) => signed(request),
    samples: samples((some) => pageBody(some)),
  }
  for (const each of channelCases(messenger(), harness)) it(titleOf(each), each.run)
})

describe('the Instagram channel', () => {
  const harness = {
    account: accountOf({
      ...instagramAccount,
      metadata: false,
      graph: 'http://127.0.0.1:1',
      mediaHosts: ['*.example.org'],
    }),
    address: marie,
    sign: (request: WireRequest) => signed(request),
    samples: samples((some) => instagramBody(some)),
  }
  for (const each of channelCases(instagram(), harness)) it(titleOf(each), each.run)
})
