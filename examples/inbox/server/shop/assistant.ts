import type { Script } from '@guichet/bot-scripted'

/**
 * The shop's assistant, who answers in the chat first: parcels, opening hours, returns, and a person whenever one is
 * asked for. It knows what stands here and nothing else.
 */
export const assistant: Script = {
  name: 'lune',
  language: 'fr',
  start: 'bonjour',
  keywords: [
    {
      words: [
        'quelqu’un',
        'une personne',
        'un conseiller',
        'une conseillère',
        'a person',
        'a human',
        'somebody',
        'mit jemandem',
        'ein Mensch',
        'Mitarbeiter',
      ],
      to: 'personne',
    },
    { words: ['cassée', 'cassé', 'abîmée', 'abîmé', 'broken', 'damaged', 'kaputt', 'zerbrochen'], to: 'casse' },
    { words: ['merci', 'thank you', 'thanks', 'danke'], to: 'merci' },
  ],
  steps: {
    bonjour: {
      say: {
        fr: 'Bonjour, je suis Lune, l’assistante de la boutique. Que puis-je faire pour vous ?',
        en: 'Hello, I’m Lune, the shop’s assistant. What can I do for you?',
        de: 'Guten Tag, ich bin Lune, die Assistentin des Ladens. Was kann ich für Sie tun?',
      },
      choices: [
        {
          label: { fr: 'Suivre ma commande', en: 'Track my order', de: 'Meine Bestellung verfolgen' },
          words: ['suivi', 'suivre', 'colis', 'livraison', 'tracking', 'parcel', 'Sendung', 'Paket', 'Lieferung'],
          to: 'commande',
        },
        {
          label: { fr: 'Horaires de la boutique', en: 'Opening hours', de: 'Öffnungszeiten' },
          words: [
            'horaire',
            'horaires',
            'ouvert',
            'ouverts',
            'ouverte',
            'dimanche',
            'open',
            'hours',
            'geöffnet',
            'offen',
          ],
          to: 'horaires',
        },
        {
          label: { fr: 'Parler à quelqu’un', en: 'Talk to a person', de: 'Mit jemandem sprechen' },
          to: 'personne',
        },
      ],
    },
    commande: {
      say: {
        fr: 'Quel est le numéro de la commande ? Il est dans l’e-mail de confirmation.',
        en: 'What is the number of the order? It is in the confirmation email.',
        de: 'Wie lautet die Bestellnummer? Sie steht in der Bestätigungs-E-Mail.',
      },
      form: {
        title: { fr: 'Suivi de commande', en: 'Order tracking', de: 'Sendungsverfolgung' },
        fields: [
          {
            name: 'commande',
            label: { fr: 'Numéro de commande', en: 'Order number', de: 'Bestellnummer' },
            kind: 'number',
            required: true,
          },
        ],
        to: 'recherche',
      },
    },
    recherche: {
      say: {
        fr: 'Merci. Une collègue regarde où en est votre colis.',
        en: 'Thank you. A colleague looks where your parcel is.',
        de: 'Danke. Eine Kollegin sieht nach, wo Ihr Paket ist.',
      },
      do: [
        { _tag: 'Tag', tags: ['livraison'] },
        { _tag: 'AskDetails', fields: ['firstName', 'email'], reason: 'suivi de commande' },
      ],
    },
    horaires: {
      say: {
        fr: 'La boutique de Lyon est ouverte tous les jours de 10 h à 19 h jusqu’au 24 décembre.',
        en: 'The shop in Lyon is open every day from 10 am to 7 pm until 24 December.',
        de: 'Der Laden in Lyon ist bis zum 24. Dezember täglich von 10 bis 19 Uhr geöffnet.',
      },
      to: 'encore',
    },
    encore: {
      say: {
        fr: 'Autre chose ?',
        en: 'Anything else?',
        de: 'Noch etwas?',
      },
      choices: [
        {
          label: { fr: 'Suivre ma commande', en: 'Track my order', de: 'Meine Bestellung verfolgen' },
          words: ['suivi', 'colis', 'tracking', 'parcel', 'Paket'],
          to: 'commande',
        },
        {
          label: { fr: 'Parler à quelqu’un', en: 'Talk to a person', de: 'Mit jemandem sprechen' },
          to: 'personne',
        },
        {
          label: { fr: 'Non, c’est tout', en: 'No, that’s all', de: 'Nein, das ist alles' },
          words: ['non', 'no', 'nein'],
          to: 'merci',
        },
      ],
    },
    casse: {
      say: {
        fr: 'Je suis désolée. Je préviens une collègue tout de suite.',
        en: 'I am sorry. I call a colleague at once.',
        de: 'Das tut mir leid. Ich rufe sofort eine Kollegin.',
      },
      do: [{ _tag: 'AskDetails', fields: ['firstName', 'email'], reason: 'article cassé' }],
    },
    personne: {
      say: {
        fr: 'Je vous passe une collègue.',
        en: 'I put you through to a colleague.',
        de: 'Ich verbinde Sie mit einer Kollegin.',
      },
      do: [{ _tag: 'AskDetails', fields: ['firstName', 'email'], reason: 'une personne est demandée' }],
    },
    merci: {
      say: {
        fr: 'Avec plaisir. À bientôt !',
        en: 'You’re welcome. See you soon!',
        de: 'Gern geschehen. Bis bald!',
      },
    },
  },
  fallback: {
    say: {
      fr: 'Je ne suis pas sûre de comprendre. Choisissez, ou demandez une personne.',
      en: 'I’m not sure I understand. Pick one, or ask for a person.',
      de: 'Das habe ich nicht verstanden. Wählen Sie aus, oder fragen Sie nach einem Menschen.',
    },
    times: 2,
    handOver: {
      fr: 'Je vous passe une collègue, elle saura.',
      en: 'I put you through to a colleague, who will know.',
      de: 'Ich verbinde Sie mit einer Kollegin, sie weiß Rat.',
    },
  },
}
