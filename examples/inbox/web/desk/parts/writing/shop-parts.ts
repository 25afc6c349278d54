import type { Form } from '@guichet/engine/domain'
import { language } from '../../../shared/preferences.ts'
import type { InsertKind } from '../../state/asked.ts'
import { me } from '../../state/workspace.ts'
import type { Values } from './part-fields.ts'

/** What the shop has ready, so that nobody types it twice. */
const shop = {
  name: 'Maison Lune',
  lines: '12 rue Mercière\n69002 Lyon\nSIRET 811 204 552 00017',
  url: 'https://maison-lune.example',
}

export const readyValues = (kind: Exclude<InsertKind, 'Form'>): Values => {
  switch (kind) {
    case 'CompanyDetails':
      return shop
    case 'ContactCard':
      return { name: me.value.name, company: shop.name, emails: me.value.email ?? '' }
    case 'Location':
      return {
        place: shop.name,
        address: shop.lines.split('\n').slice(0, 2).join('\n'),
        latitude: '45.7625',
        longitude: '4.8331',
      }
    case 'Product':
    case 'PaymentLink':
      return { currency: 'EUR' }
    case 'Choices':
      return {}
  }
}

const french: ReadonlyArray<Form> = [
  {
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
      { name: 'emballe', label: 'Encore emballé ?', kind: 'yesNo', required: true },
    ],
  },
  {
    id: 'coordonnees',
    title: 'Vos coordonnées',
    fields: [
      { name: 'nom', label: 'Nom', kind: 'text', required: true, saveTo: { _tag: 'Field', field: 'name' } },
      { name: 'email', label: 'E-mail', kind: 'email', required: true, saveTo: { _tag: 'Field', field: 'email' } },
      {
        name: 'telephone',
        label: 'Téléphone',
        kind: 'phone',
        required: false,
        saveTo: { _tag: 'Field', field: 'phone' },
      },
    ],
  },
  {
    id: 'livraison',
    title: 'Nouvelle adresse de livraison',
    fields: [
      { name: 'adresse', label: 'Adresse', kind: 'longText', required: true },
      { name: 'date', label: 'À partir du', kind: 'date', required: false },
    ],
  },
]

const english: ReadonlyArray<Form> = [
  {
    id: 'return',
    title: 'Return an item',
    fields: [
      { name: 'order', label: 'Order number', kind: 'text', required: true },
      {
        name: 'reason',
        label: 'Why?',
        kind: 'choice',
        required: true,
        choices: ['Damaged', 'Not right for me', 'Ordered by mistake'],
      },
      { name: 'wrapped', label: 'Still wrapped?', kind: 'yesNo', required: true },
    ],
  },
  {
    id: 'details',
    title: 'Your details',
    fields: [
      { name: 'name', label: 'Name', kind: 'text', required: true, saveTo: { _tag: 'Field', field: 'name' } },
      { name: 'email', label: 'Email', kind: 'email', required: true, saveTo: { _tag: 'Field', field: 'email' } },
      { name: 'phone', label: 'Phone', kind: 'phone', required: false, saveTo: { _tag: 'Field', field: 'phone' } },
    ],
  },
]

export const readyForms = (): ReadonlyArray<Form> => (language.value === 'fr' ? french : english)
