import type { Flag, RichPart } from '@guichet/engine/domain'

/** Something that happened in the shop, so many minutes ago. `on` names the conversation that a `key` began. */
export type Step = { readonly ago: number } & (
  | {
      readonly mail: string
      readonly from: Person
      readonly subject: string
      readonly text: string
      readonly html?: string
    }
  | { readonly chat: string; readonly from: Person; readonly text: string }
  | { readonly answer: string; readonly from: Person; readonly text: string }
  | { readonly on: string; readonly by: Agent; readonly reply: string; readonly parts?: ReadonlyArray<RichPart> }
  /** Leaves so many minutes after it was written. */
  | { readonly on: string; readonly by: Agent; readonly later: string; readonly in: number }
  | { readonly on: string; readonly by: Agent; readonly translate: string }
  | { readonly on: string; readonly by: Agent; readonly note: string; readonly mentions?: ReadonlyArray<Agent> }
  | { readonly on: string; readonly by: Agent; readonly tag: string }
  | { readonly on: string; readonly by: Agent; readonly flag: Flag }
  | { readonly on: string; readonly by: Agent; readonly to: 'service' | 'livraisons' }
  | { readonly on: string; readonly by: Agent; readonly snooze: number }
  | { readonly on: string; readonly by: Agent; readonly act: 'claim' | 'close' | 'spam' | 'archive' }
)

type Agent = 'ana' | 'ben' | 'chloe'

export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly language: 'fr' | 'en' | 'de'
}

const person = (id: string, name: string, email: string, language: Person['language'] = 'fr'): Person => ({
  id,
  name,
  email,
  language,
})

const claire = person('claire', 'Claire Martin', 'claire.martin@exemple.fr')
const nina = person('nina', 'Nina Novak', 'nina.novak@example.co.uk', 'en')
const yasmine = person('yasmine', 'Yasmine Haddad', 'yasmine.haddad@exemple.fr')
const emma = person('emma', 'Emma Wilson', 'emma.wilson@example.co.uk', 'en')
const tom = person('tom', 'Thomas Becker', 'thomas.becker@beispiel.de', 'de')
const camille = person('camille', 'Camille Roux', 'camille.roux@exemple.fr')
const aicha = person('aicha', 'Aïcha Diallo', 'aicha.diallo@exemple.fr')
const oliver = person('oliver', 'Oliver Stone', 'oliver.stone@example.com', 'en')
const paul = person('paul', 'Paul Girard', 'paul.girard@exemple.fr')
const sofia = person('sofia', 'Sofia Rossi', 'sofia.rossi@exemple.fr')
const hugo = person('hugo', 'Hugo Lefèvre', 'hugo.lefevre@exemple.fr')
const lottery = person('lottery', 'Prize Office', 'winner@lucky-prize.example', 'en')

const hour = 60
const day = 24 * hour

/** Two days at the counter of Maison Lune. By falling age: time only moves forward. */
export const story: ReadonlyArray<Step> = [
  {
    ago: 2 * day + 3 * hour,
    mail: 'invoice',
    from: claire,
    subject: 'Facture du 12 novembre',
    text: 'Bonjour,\n\nPourriez-vous m’envoyer la facture de ma commande n° 47912 ? Je ne la trouve pas dans mon espace.\n\nMerci,\nClaire Martin',
  },
  {
    ago: 2 * day + 2 * hour,
    on: 'invoice',
    by: 'ana',
    reply:
      'Bonjour Claire,\n\nLa voici : https://maison-lune.example/factures/47912.pdf\nElle est aussi dans votre espace, sous « Mes commandes ».\n\nBonne journée,\nAna',
  },
  { ago: 2 * day + 119, on: 'invoice', by: 'ana', act: 'close' },
  {
    ago: 2 * day,
    mail: 'prize',
    from: lottery,
    subject: 'You are our lucky winner !!!',
    text: 'Congratulations dear customer, you have won 1,000,000. Send your bank details to claim.',
  },
  { ago: day + 23 * hour, on: 'prize', by: 'ben', act: 'spam' },
  {
    ago: day + 6 * hour,
    mail: 'vase',
    from: oliver,
    subject: 'Is the large vase back in stock?',
    text: 'Hello,\n\nI have been waiting for the large stoneware vase since September. Do you know when it will be back?\n\nBest,\nOliver',
  },
  {
    ago: day + 5 * hour,
    on: 'vase',
    by: 'ben',
    reply:
      'Hello Oliver,\n\nThe next firing leaves the kiln on Thursday. I’ll write to you as soon as the vases are on the shelf.\n\nBen',
  },
  {
    ago: day + 299,
    on: 'vase',
    by: 'ben',
    later: 'Hello Oliver,\n\nThe vases are on the shelf. Shall I put one aside for you?\n\nBen',
    in: 3 * day,
  },
  { ago: day + 299, on: 'vase', by: 'ben', snooze: 3 * day },
  {
    ago: day + 2 * hour,
    chat: 'gift',
    from: yasmine,
    text: 'Bonjour, est-ce que vous faites les paquets cadeaux ?',
  },
  {
    ago: day + 115,
    on: 'gift',
    by: 'ana',
    reply: 'Bonjour Yasmine, oui : c’est offert, il suffit de cocher la case au moment du paiement.',
  },
  { ago: day + 112, chat: 'gift', from: yasmine, text: 'Merci, c’est parfait !' },
  { ago: day + 110, on: 'gift', by: 'ana', act: 'close' },
  {
    ago: 7 * hour,
    mail: 'courier',
    from: nina,
    subject: 'Order 48177: your courier never came',
    text: 'Hi,\n\nYour courier never came yesterday, although I stayed in all day. The tracking page says “recipient absent”. Please call me back or tell me where the parcel is.\n\nNina Novak',
  },
  { ago: 6 * hour, on: 'courier', by: 'ana', tag: 'livraison' },
  { ago: 359, on: 'courier', by: 'ana', to: 'livraisons' },
  { ago: 5 * hour, on: 'courier', by: 'ben', act: 'claim' },
  { ago: 299, on: 'courier', by: 'ben', flag: 'urgent' },
  {
    ago: 4 * hour + 20,
    mail: 'german',
    from: tom,
    subject: 'Lieferung vor dem 24. Dezember?',
    text: 'Guten Tag,\n\nich möchte drei Kerzen „Lin“ nach München bestellen. Kommen sie sicher vor dem 24. Dezember an? Und kann ich die Rechnung auf eine Firma ausstellen lassen?\n\nMit freundlichen Grüßen\nThomas Becker',
  },
  { ago: 4 * hour, on: 'german', by: 'chloe', translate: 'de' },
  {
    ago: 130,
    mail: 'tracking',
    from: hugo,
    subject: 'Numéro de suivi',
    text: 'Bonjour,\n\nJe n’ai pas reçu de numéro de suivi pour la commande n° 48190. Est-elle partie ?\n\nHugo Lefèvre',
  },
  {
    ago: 95,
    mail: 'address',
    from: sofia,
    subject: 'Changer l’adresse de livraison',
    text: 'Bonjour,\n\nPuis-je changer l’adresse de livraison de la commande n° 48203 ? Je serai chez mes parents la semaine prochaine.\n\nSofia Rossi',
  },
  { ago: 94, on: 'address', by: 'ben', act: 'claim' },
  {
    ago: 90,
    on: 'address',
    by: 'ben',
    reply:
      'Bonjour Sofia,\n\nBien sûr. Donnez-moi la nouvelle adresse et je la change tout de suite, le colis part demain.\n\nBen',
  },
  {
    ago: 52,
    answer: 'address',
    from: sofia,
    text: 'Merci beaucoup !\n\nSofia Rossi\nchez Mme Rossi, 14 rue des Tilleuls\n38000 Grenoble',
  },
  {
    ago: 46,
    mail: 'wholesale',
    from: emma,
    subject: 'Wholesale price list',
    text: 'Hello,\n\nWe run two small shops in Bath and Bristol and would love to carry your candles. Do you have a wholesale price list?\n\nKind regards,\nEmma Wilson',
    html: '<p>Hello,</p><p>We run <strong>two small shops</strong> in Bath and Bristol and would love to carry your candles. Do you have a <em>wholesale price list</em>?</p><p>Kind regards,<br>Emma Wilson</p>',
  },
  { ago: 44, on: 'wholesale', by: 'chloe', tag: 'VIP' },
  { ago: 43, on: 'wholesale', by: 'chloe', flag: 'followUp' },
  {
    ago: 43,
    on: 'wholesale',
    by: 'chloe',
    note: 'Deux boutiques sérieuses, je les ai vues à Maison&Objet. @Ana tu envoies la grille pro ?',
    mentions: ['ana'],
  },
  {
    ago: 31,
    chat: 'perfume',
    from: camille,
    text: 'Bonjour, le parfum « Figuier » existe-t-il en recharge ?',
  },
  {
    ago: 24,
    mail: 'return',
    from: aicha,
    subject: 'Retour de la commande 48155',
    text: 'Bonjour,\n\nJe souhaite retourner la bougie « Lin », encore emballée. Comment faire ?\n\nAïcha Diallo',
  },
  { ago: 23, on: 'return', by: 'ana', tag: 'retour' },
  {
    ago: 20,
    on: 'return',
    by: 'ana',
    reply: 'Bonjour Aïcha,\n\nBien sûr. Dites-nous en deux mots pourquoi, et choisissez ce qui vous arrange.\n\nAna',
    parts: [
      {
        _tag: 'Form',
        form: {
          id: 'retour',
          title: 'Retour d’un article',
          fields: [
            { name: 'commande', label: 'Numéro de commande', kind: 'text', required: true },
            {
              name: 'raison',
              label: 'Pourquoi ?',
              kind: 'choice',
              required: true,
              choices: ['Abîmé', 'Ne convient pas', 'Erreur de commande'],
            },
          ],
        },
      },
      {
        _tag: 'Product',
        title: 'Bougie « Lin »',
        price: { amount: 2490, currency: 'EUR' },
        url: 'https://maison-lune.example/bougies/lin',
      },
    ],
  },
  {
    ago: 15,
    mail: 'hours',
    from: paul,
    subject: 'Horaires de la boutique',
    text: 'Bonjour, êtes-vous ouverts ce dimanche ? Je passe par Lyon avec des amis.\nPaul Girard',
  },
  {
    ago: 12,
    chat: 'broken',
    from: claire,
    text: 'Bonjour, ma bougie « Forêt » est arrivée cassée. C’était un cadeau pour demain…',
  },
  {
    ago: 10,
    on: 'broken',
    by: 'ben',
    note: 'Colis suivi par Chronopost, déjà deux casses cette semaine. @Ana tu peux regarder ?',
    mentions: ['ana'],
  },
  {
    ago: 8,
    on: 'broken',
    by: 'ana',
    reply:
      'Bonjour Claire, je suis vraiment désolée. Pouvez-vous m’envoyer une photo ? Je vous renvoie la bougie aujourd’hui même.',
  },
  { ago: 7, on: 'broken', by: 'ana', tag: 'retour' },
  {
    ago: 2,
    chat: 'broken',
    from: claire,
    text: 'Merci, je vous l’envoie dans la soirée. Arrivera-t-elle demain avant 10 h ?',
  },
]
