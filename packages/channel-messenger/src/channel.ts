import { metaHandshake, metaSigned } from '@guichet/channel-kit/meta'
import type { Channel, ChannelCapabilities, StandardSchema } from '@guichet/engine/ports'
import { parseNotification } from './inbound/parse.ts'
import type { Place } from './inbound/place.ts'
import { fetchFile } from './media/fetch-file.ts'
import { type Endpoint, endpointOf } from './outbound/endpoint.ts'
import { fileLimits, instagramLimits, type Limits, messengerLimits } from './outbound/limits.ts'
import { renderMessage } from './outbound/render.ts'
import { sendWire } from './outbound/send.ts'
import { windowOf } from './outbound/window.ts'
import type { MessengerWire } from './outbound/wire.ts'
import { fetchProfile } from './profile/fetch-profile.ts'
import {
  type InstagramSettings,
  instagramSettings,
  type MessengerSettings,
  messengerSettings,
} from './settings/settings.ts'
import { renderSignal } from './signal/render-signal.ts'

/** How the channel works in this process; what differs between accounts is in their settings. */
export interface MessengerOptions {
  /**
   * Whether Meta has approved the application for the feature "Human Agent": agents then answer for seven days after the
   * customer's last message, by the tag `HUMAN_AGENT`, and bots for one. Without it everybody for one. True unless given.
   */
  readonly humanAgent?: boolean
}

/** What sets one product apart from the other. */
interface Product<Settings> {
  readonly name: string
  readonly object: Place['object']
  readonly settings: StandardSchema<Settings>
  readonly limits: Limits
  readonly own: (settings: Settings) => string
  readonly endpoint: (settings: Settings) => Endpoint
  readonly parts: NonNullable<ChannelCapabilities['parts']>
  readonly signals: NonNullable<ChannelCapabilities['signals']>
  /** What is asked of a customer's profile. */
  readonly profile: (settings: Settings) => ReadonlyArray<string>
}

const facebook = 'https://graph.facebook.com'

const channelOf = <Settings extends MessengerSettings | InstagramSettings>(
  { name, object, settings, limits, own, endpoint, parts, signals, profile }: Product<Settings>,
  { humanAgent = true }: MessengerOptions,
): Channel<Settings, MessengerWire> => {
  const window = windowOf(humanAgent)
  return {
    name,
    spi: 1,
    capabilities: {
      threading: 'contact',
      webhook: true,
      live: false,
      idempotentSend: false,
      html: false,
      subject: false,
      cc: false,
      edit: false,
      delete: false,
      receipts: true,
      customerChanges: true,
      answersElsewhere: true,
      typing: false,
      consent: true,
      window,
      files: fileLimits(limits),
      parts,
      signals,
      profiles: true,
    },
    settings,
    handshake: (request, account) => metaHandshake(request, account.settings.verifyTokens),
    verify: (request, account) => metaSigned(request, account.settings.appSecrets),
    parse: (request, account) =>
      parseNotification(request, { object, own: own(account.settings), appId: account.settings.appId }),
    render: (message) => renderMessage(message, limits, window),
    send: (wire, account, context) => sendWire(wire, endpoint(account.settings), context),
    signal: (signal, account) => renderSignal(signal, account.settings),
    profile: (address, account, context) =>
      fetchProfile(address, profile(account.settings), endpoint(account.settings), context),
    fetchFile: (file, account, context) => fetchFile(file, account.settings.mediaHosts ?? [], context),
  }
}

/**
 * Messenger: the messages of one Facebook page each, by webhooks of an application at Meta and by its Send API. People
 * write first; one answers within 24 hours, agents within seven days. They are shown that they are read and that somebody
 * writes, and conversations go between applications; applications cannot react.
 *
 * @example
 * ```ts
 * import { messenger } from '@guichet/channel-messenger'
 * import { createEngine } from '@guichet/engine'
 * import { memoryStorage } from '@guichet/engine/memory'
 * import { createHmac } from 'node:crypto'
 *
 * const engine = await createEngine({ storage: memoryStorage(), channels: { messenger: messenger() } })
 * const acme = engine.workspace('acme')
 * await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
 * const settings = { page: '1111', appId: '42', appSecrets: ['app-secret'], verifyTokens: ['ours'], token: 'EAAG' }
 * await acme.accounts.put({ id: 'page', channel: 'messenger', queue: 'support', settings })
 *
 * const message = { mid: 'm_1', text: 'Are you open today?' }
 * const event = { sender: { id: '2222' }, recipient: { id: '1111' }, timestamp: Date.now(), message }
 * const body = JSON.stringify({ object: 'page', entry: [{ id: '1111', time: Date.now(), messaging: [event] }] })
 * const signature = createHmac('sha256', 'app-secret').update(body).digest('hex')
 * const headers = { 'x-hub-signature-256': `sha256=${signature}` }
 * const answer = await engine.receive('acme/page', new Request('https://desk.example/hooks', { method: 'POST', headers, body }))
 * console.log(answer.status)
 * await engine.close()
 * ```
 *
 * ```text
 * 200
 * ```
 */
export const messenger = (options: MessengerOptions = {}): Channel<MessengerSettings, MessengerWire> =>
  channelOf(
    {
      name: 'messenger',
      object: 'page',
      settings: messengerSettings,
      limits: messengerLimits,
      own: ({ page }) => page,
      endpoint: (settings) => endpointOf(settings.page, settings, { origin: facebook, metadata: true }),
      parts: ['Choices', 'Product', 'PaymentLink'],
      // Messenger has reactions, and no way for an application to react.
      signals: ['Read', 'Typing', 'Control'],
      profile: ({ locale = false }) => ['first_name', 'last_name', 'profile_pic', ...(locale ? ['locale'] : [])],
    },
    options,
  )

/**
 * Instagram messages of one professional account each: linked to a Facebook page (`page` in its settings), or by
 * Instagram Login without one. The same as Messenger, with reactions, and with the limits of Instagram: 1000 bytes a text,
 * pictures of 8 MB, no cards.
 *
 * @example
 * ```ts
 * import { instagram } from '@guichet/channel-messenger'
 *
 * const settings = { account: '1784', appId: '42', appSecrets: ['app-secret'], verifyTokens: ['ours'], token: 'IGAA' }
 * const account = { workspace: 'acme', id: 'shop', name: 'Shop', settings }
 * const message = { mid: 'm_1', text: 'Nice!', reply_to: { story: { id: '9', url: 'https://cdn.example/story.jpg' } } }
 * const event = { sender: { id: '2222' }, recipient: { id: '1784' }, timestamp: 1_763_800_000_000, message }
 * const body = new TextEncoder().encode(JSON.stringify({ object: 'instagram', entry: [{ id: '1784', messaging: [event] }] }))
 * const [said] = await instagram().parse({ method: 'POST', url: 'https://desk.example/hooks', headers: {}, body }, account)
 * console.log(said?._tag === 'MessageReceived' && said.parts)
 * ```
 *
 * ```text
 * [
 *   {
 *     _tag: 'Referral',
 *     source: 'story',
 *     id: '9',
 *     url: 'https://cdn.example/story.jpg'
 *   },
 *   { _tag: 'Text', text: 'Nice!' }
 * ]
 * ```
 */
export const instagram = (options: MessengerOptions = {}): Channel<InstagramSettings, MessengerWire> =>
  channelOf(
    {
      name: 'instagram',
      object: 'instagram',
      settings: instagramSettings,
      limits: instagramLimits,
      own: ({ account }) => account,
      endpoint: (settings) =>
        settings.page === undefined
          ? endpointOf(settings.account, settings, {
              origin: 'https://graph.instagram.com',
              metadata: settings.metadata ?? true,
            })
          : endpointOf(settings.page, settings, {
              origin: facebook,
              metadata: settings.metadata ?? true,
              platform: 'instagram',
            }),
      parts: ['Choices'],
      signals: ['Read', 'Typing', 'Reaction', 'Control'],
      profile: () => ['name', 'username', 'profile_pic'],
    },
    options,
  )
