import type { Script } from '../src/index.ts'

/** A small shop: parcels, opening hours, returns by form, and a way to a person from anywhere. */
export const shop: Script = {
  name: 'porter',
  language: 'en',
  start: 'hello',
  keywords: [{ words: ['a person', 'human', 'quelqu’un', '人工客服'], to: 'person' }],
  steps: {
    hello: {
      say: { en: 'How can I help?', fr: 'Puis-je vous aider ?' },
      choices: [
        { label: { en: 'My parcel', fr: 'Mon colis' }, words: ['parcel', 'tracking', 'colis'], to: 'parcel' },
        { label: { en: 'Opening hours', fr: 'Horaires' }, words: ['open', 'ouvert'], to: 'hours' },
        { label: { en: 'Return something', fr: 'Un retour' }, words: ['refund'], to: 'return' },
      ],
      keywords: [{ words: ['thanks', 'merci'], to: 'bye' }],
    },
    parcel: { say: { en: 'Its number?', fr: 'Son numéro ?' }, anything: 'looking' },
    looking: { do: [{ _tag: 'Tag', tags: ['parcel'] }], to: 'person' },
    hours: { say: { en: 'From 9 to 5.', fr: 'De 9 h à 17 h.' } },
    return: {
      say: { en: 'What would you return?', fr: 'Que renvoyez-vous ?' },
      form: {
        title: { en: 'Return', fr: 'Retour' },
        fields: [
          { name: 'order', label: { en: 'Order', fr: 'Commande' }, kind: 'text', required: true },
          {
            name: 'email',
            label: { en: 'Email', fr: 'E-mail' },
            kind: 'email',
            required: true,
            saveTo: { _tag: 'Field', field: 'email' },
          },
        ],
        to: 'person',
      },
    },
    person: {
      say: { en: 'One moment.', fr: 'Un instant.' },
      do: [{ _tag: 'AskDetails', fields: ['email'], reason: 'a person was asked for' }],
    },
    bye: { say: { en: 'Goodbye.', fr: 'Au revoir.' }, do: [{ _tag: 'Close' }] },
  },
  fallback: {
    say: { en: 'I did not get that.', fr: 'Je ne comprends pas.' },
    times: 2,
    handOver: { en: 'I call a colleague.', fr: 'J’appelle un collègue.' },
  },
}
