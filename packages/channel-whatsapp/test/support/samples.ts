import { envelope, fromZoe, messagesChange, requestWith, statuses, zoesIds } from './webhook.ts'

/** A message of each kind, as WhatsApp writes them: what each needs besides who wrote it, and when. */
export const messages = {
  text: { type: 'text', text: { body: 'Where is my order? 📦' } },
  image: { type: 'image', image: { id: '1', mime_type: 'image/jpeg', sha256: `${'A'.repeat(43)}=`, caption: 'Look' } },
  voice: { type: 'audio', audio: { id: '2', mime_type: 'audio/ogg; codecs=opus', voice: true } },
  video: { type: 'video', video: { id: '3', mime_type: 'video/mp4' } },
  document: { type: 'document', document: { id: '4', mime_type: 'application/pdf', filename: 'bill.pdf' } },
  sticker: { type: 'sticker', sticker: { id: '5', mime_type: 'image/webp', animated: true } },
  location: { type: 'location', location: { latitude: 48.85, longitude: 2.35, name: 'The shop', address: '1 rue X' } },
  contacts: {
    type: 'contacts',
    contacts: [
      {
        name: { formatted_name: 'Ben Doe', first_name: 'Ben' },
        phones: [{ phone: '+1 650-555-0199', wa_id: '16505550199', type: 'CELL' }],
        emails: [{ email: 'ben@example.org' }],
        org: { company: 'Acme' },
      },
    ],
  },
  reaction: { type: 'reaction', reaction: { message_id: 'wamid.ours', emoji: '👍' } },
  button: { type: 'button', button: { payload: 'yes', text: 'Yes' }, context: { from: '1', id: 'wamid.ours' } },
  pressed: { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'y', title: 'Yes' } } },
  listed: {
    type: 'interactive',
    interactive: { type: 'list_reply', list_reply: { id: 'r1', title: 'Red', description: 'Like wine' } },
  },
  flow: {
    type: 'interactive',
    interactive: {
      type: 'nfm_reply',
      nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"flow_token":"t","rating":"4","again":true}' },
    },
  },
  callPermission: {
    type: 'interactive',
    interactive: { type: 'call_permission_reply', call_permission_reply: { response: 'accept' } },
  },
  order: {
    type: 'order',
    order: {
      catalog_id: '354160437058781',
      text: 'Please hurry',
      product_items: [{ product_retailer_id: 'CHAIR', quantity: 2, item_price: 12.5, currency: 'EUR' }],
    },
  },
  unsupported: { type: 'unsupported', errors: [{ code: 131_051, title: 'Message type unknown' }] },
} as const

/** Webhooks that bring something of every kind. */
export const samples = [
  ...Object.entries(messages).map(([name, message]) => ({ name, request: requestWith(envelope(fromZoe(message))) })),
  { name: 'statuses', request: requestWith(envelope(statuses({ status: 'sent' }, { status: 'read' }))) },
  {
    name: 'several of both',
    request: requestWith(
      envelope(fromZoe(messages.text, messages.order), statuses({ status: 'failed', errors: [{ code: 131_026 }] })),
    ),
  },
  {
    name: 'somebody with every id, a group, another form of a number',
    request: requestWith(
      envelope(
        messagesChange({
          contacts: [zoesIds],
          messages: [
            { from: zoesIds.wa_id, from_user_id: zoesIds.user_id, id: 'wamid.1', timestamp: '9', ...messages.text },
            { from: zoesIds.wa_id, group_id: 'g', id: 'wamid.2', timestamp: '9', ...messages.image },
            { from: '5215512345678', id: 'wamid.3', timestamp: '9', ...messages.text },
          ],
        }),
      ),
    ),
  },
  {
    name: 'a preference, an edit, a template',
    request: requestWith(
      envelope(
        { field: 'user_preferences', value: { user_preferences: [{ wa_id: '16505551234', value: 'stop' }] } },
        fromZoe({ type: 'edit', edit: { original_message_id: 'wamid.1', message: messages.text } }),
        { field: 'message_template_status_update', value: { event: 'PAUSED', message_template_name: 'hello' } },
        messagesChange({ errors: [{ code: 130_429, title: 'Rate limit hit' }] }),
      ),
    ),
  },
]
