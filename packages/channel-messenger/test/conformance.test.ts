import { type ChannelHarness, channelCases, titleOf } from '@guichet/conformance'
import type { ChannelAccount, WireRequest } from '@guichet/engine/ports'
import { createHash } from 'node:crypto'
import { describe, it } from 'vitest'
import {
  type InstagramSettings,
  instagram,
  type MessengerSettings,
  messenger,
  type MessengerWire,
} from '../src/index.ts'
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
  'what was taken back': fromMarie({ message: { mid: 'm_1', is_deleted: true } }),
  'a referral': fromMarie({ referral: { ref: 'poster', source: 'SHORTLINK', type: 'OPEN_THREAD' } }),
  'an opt-in': fromMarie({ optin: { type: 'notification_messages', notification_messages_token: 't' } }),
  'a handover': fromMarie({ pass_thread_control: { new_owner_app_id: otherApp, previous_owner_app_id: appId } }),
  'a request for the conversation': fromMarie({ request_thread_control: { requested_owner_app_id: otherApp } }),
  'a role': fromMarie({ app_roles: { [appId]: ['primary_receiver'] } }),
  'a policy': fromMarie({ policy_enforcement: { action: 'warning', reason: 'Spam' } }),
  'a guest': fromMarie({ message: { mid: 'm_5', text: 'x' } }, { sender: { id: marie, user_ref: 'box-7' } }),
  'a kind that nobody knows': fromMarie({ something_new: { mid: 'm_6' } }),
}

type BodyOf = (events: ReadonlyArray<unknown>) => unknown

const samples = (bodyOf: BodyOf) =>
  [...Object.entries(events), ['all at once', Object.values(events)] as const].map(([name, event]) => ({
    name,
    request: requestOf(bodyOf(Array.isArray(event) ? event : [event])),
  }))

const json = (body: unknown, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const asks = (token: string): WireRequest => ({
  ...requestOf(''),
  method: 'GET',
  url: `https://acme.example/hook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`,
})

const textOf = ({ content }: MessengerWire): string | undefined => {
  const { text } = content._tag === 'Message' ? content.message : {}
  return typeof text === 'string' ? text : undefined
}

const picture = Uint8Array.of(137, 80, 78, 71)
const sha256 = createHash('sha256').update(picture).digest('hex')

/** What both products offer: they differ in how a body looks, and in what they say of our own messages. */
const harnessOf = <Settings extends { readonly appSecrets: ReadonlyArray<string> }>(
  account: ChannelAccount<Settings>,
  bodyOf: BodyOf,
  more: Pick<ChannelHarness<Settings, MessengerWire>, 'reports' | 'wires'>,
): ChannelHarness<Settings, MessengerWire> => ({
  account,
  address: marie,
  samples: samples(bodyOf),
  sign: (request, { settings }) => signed(request, settings.appSecrets[0]),
  other: {
    ...account,
    id: 'other',
    settings: { ...account.settings, appSecrets: ['of-another-application'] },
  },
  batch: (texts) =>
    requestOf(bodyOf(texts.map((text, index) => fromMarie({ message: { mid: `m_batch_${index}`, text } })))),
  provider: {
    accepts: ({ path }) =>
      json(
        /\/message_attachments(?:\?|$)/.test(path)
          ? { attachment_id: '42' }
          : { recipient_id: marie, message_id: 'm_out' },
      ),
    externalId: 'm_out',
    refuses: json({ error: { message: 'No matching user found', code: 100, error_subcode: 2_018_001 } }, 400),
  },
  handshake: {
    asks: asks('ours'),
    answer: {
      status: 200,
      headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' },
      body: '1158201444',
    },
    forged: asks('guess'),
  },
  file: {
    file: {
      name: 'chair.png',
      mime: 'image/png',
      sha256,
      remote: { url: 'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1' },
    },
    bytes: picture,
    serves: (_, bytes) => ({ status: 200, headers: { 'content-type': 'image/png' }, body: bytes }),
  },
  ...more,
})

describe('the Messenger channel', () => {
  const account = accountOf<MessengerSettings>({ ...pageSettings, proofSecret: 'p', version: 'v25.0' })
  const harness = harnessOf(account, (some) => pageBody(some), {
    // What was read is said by time alone.
    reports: [requestOf(pageBody([fromMarie({ delivery: { mids: ['m_out'], watermark: 1_763_800_000_000 } })]))],
    wires: { text: textOf, size: (wire) => Array.from(textOf(wire) ?? '').length, limit: 1_999 },
  })
  for (const each of channelCases(messenger(), harness)) it(titleOf(each), each.run)
})

describe('the Instagram channel', () => {
  const account = accountOf<InstagramSettings>({
    ...instagramAccount,
    metadata: false,
    graph: 'http://127.0.0.1:1',
    mediaHosts: ['*.example.org'],
  })
  const harness = harnessOf(account, (some) => instagramBody(some), {
    // Instagram does not say what has arrived, and says by its id what was read.
    reports: [requestOf(instagramBody([fromMarie({ read: { mid: 'm_out' } })]))],
    wires: { text: textOf, size: (wire) => Buffer.byteLength(textOf(wire) ?? ''), limit: 1_000 },
  })
  for (const each of channelCases(instagram(), harness)) it(titleOf(each), each.run)
})
