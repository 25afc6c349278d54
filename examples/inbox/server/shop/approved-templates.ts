import type { MessageTemplate } from '@guichet/local-providers/whatsapp'

/** What WhatsApp has approved for the shop: with these it may write first, and when the customer's day is over. */
export const approved: ReadonlyArray<MessageTemplate> = [
  {
    name: 'commande_en_route',
    language: 'fr',
    category: 'UTILITY',
    status: 'APPROVED',
    header: 'Votre commande est partie',
    body: 'Bonjour {{1}}, votre commande {{2}} a quitté notre atelier. Elle arrive {{3}}.',
    footer: 'Maison Lune',
    examples: ['Claire', '48210', 'jeudi'],
  },
  {
    name: 'reprendre_conversation',
    language: 'fr',
    category: 'UTILITY',
    status: 'APPROVED',
    body: 'Bonjour {{1}}, nous avons une réponse à votre question. Répondez à ce message pour la lire.',
    footer: 'Maison Lune',
    examples: ['Claire'],
  },
  {
    name: 'avis_bougie',
    language: 'fr',
    category: 'MARKETING',
    status: 'APPROVED',
    body: 'Bonjour, que pensez-vous de votre bougie {{1}} ? Votre avis aide les autres à choisir.',
    examples: ['Sous-bois'],
  },
  {
    name: 'order_shipped',
    language: 'en',
    category: 'UTILITY',
    status: 'APPROVED',
    header: 'Your order is on its way',
    body: 'Hello {{1}}, your order {{2}} has left our workshop. It arrives {{3}}.',
    footer: 'Maison Lune',
    examples: ['Claire', '48210', 'on Thursday'],
  },
  {
    name: 'soldes_hiver',
    language: 'fr',
    category: 'MARKETING',
    status: 'PENDING',
    body: 'Les soldes commencent demain : {{1}} sur toutes les bougies.',
    examples: ['-30 %'],
  },
]
