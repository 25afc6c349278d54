import type {
  AttributeDefinition,
  Department,
  Hours,
  Queue,
  Rule,
  SlaPolicy,
  TagDefinition,
} from '@guichet/engine/domain'

const minute = 60_000
const hour = 60 * minute

const everyDay = [{ from: 8 * 60, to: 22 * 60 }]

/** The weeks before Christmas: open every day, and closed on the days that follow the rush. */
export const hours: ReadonlyArray<Hours> = [
  {
    id: 'boutique',
    name: 'Boutique, Lyon',
    timeZone: 'Europe/Paris',
    week: { 1: everyDay, 2: everyDay, 3: everyDay, 4: everyDay, 5: everyDay, 6: everyDay, 7: everyDay },
    holidays: [
      { date: '2026-12-24', name: 'Réveillon', spans: [{ from: 8 * 60, to: 17 * 60 }] },
      { date: '2026-12-25', name: 'Noël', spans: [] },
      { date: '2027-01-01', name: 'Jour de l’an', spans: [] },
    ],
  },
]

/** In the order in which they are put: what one leads to is there before it. */
export const queues: ReadonlyArray<Queue> = [
  { id: 'service', name: 'Service client', mode: 'shared', claimOnReply: true, strategy: { _tag: 'Everyone' } },
  {
    id: 'vip',
    name: 'VIP',
    mode: 'shared',
    claimOnReply: true,
    strategy: { _tag: 'LeastBusy' },
    away: 'reassign',
  },
  {
    id: 'livraisons',
    name: 'Livraisons',
    mode: 'exclusive',
    claimOnReply: true,
    strategy: { _tag: 'RoundRobin' },
    offerMs: 30_000,
    away: 'return',
    overflow: { afterMs: 4 * hour, to: 'service' },
  },
]

export const departments: ReadonlyArray<Department> = [
  { id: 'clientele', name: 'Clientèle', queue: 'service' },
  { id: 'logistique', name: 'Logistique', queue: 'livraisons' },
]

/** Which department a queue belongs to. Queues and departments name each other, so that this comes last. */
export const departmentOf: Readonly<Record<string, string>> = {
  service: 'clientele',
  vip: 'clientele',
  livraisons: 'logistique',
}

export const rules: ReadonlyArray<Rule> = [
  {
    id: 'revendeurs',
    name: 'Revendeurs',
    when: { words: ['revendeur', 'revendeuse', 'grossiste', 'wholesale', 'Großhandel'] },
    to: { queue: 'vip', priority: 'high' },
  },
  {
    id: 'suivi',
    name: 'Suivi de colis',
    when: { words: ['numéro de suivi', 'tracking number', 'Sendungsnummer'] },
    to: { queue: 'livraisons' },
  },
  { id: 'allemand', name: 'En allemand', when: { language: ['de'] }, to: { queue: 'service', priority: 'high' } },
]

/** The first that applies: resellers within a quarter of an hour, parcels day and night, all others while we are open. */
export const slaPolicies: ReadonlyArray<SlaPolicy> = [
  {
    id: '1-vip',
    name: 'VIP',
    when: { queues: ['vip'] },
    firstResponse: 15 * minute,
    nextResponse: 30 * minute,
    resolution: 24 * hour,
    hours: null,
  },
  {
    id: '2-livraisons',
    name: 'Livraisons',
    when: { queues: ['livraisons'] },
    firstResponse: hour,
    nextResponse: 2 * hour,
    resolution: null,
    hours: null,
  },
  {
    id: '3-service',
    name: 'Service client',
    when: {},
    firstResponse: 4 * hour,
    nextResponse: 4 * hour,
    resolution: null,
    hours: 'boutique',
  },
]

export const attributes: ReadonlyArray<AttributeDefinition> = [
  { id: 'commande', name: 'Commande', on: 'conversation', kind: 'text' },
  {
    id: 'motif',
    name: 'Motif',
    on: 'conversation',
    kind: 'choice',
    choices: ['Casse', 'Retard', 'Retour', 'Avant achat', 'Facture'],
  },
  { id: 'fidelite', name: 'Carte Lune', on: 'contact', kind: 'choice', choices: ['Aucune', 'Argent', 'Or'] },
  { id: 'boutique', name: 'Boutique', on: 'contact', kind: 'text' },
  { id: 'lettre', name: 'Reçoit la lettre', on: 'contact', kind: 'boolean' },
]

export const tags: ReadonlyArray<TagDefinition> = [
  { id: 'VIP', about: 'Revendeurs et bons clients', hue: 75 },
  { id: 'livraison', about: 'Colis en retard, perdus ou abîmés', hue: 220 },
  { id: 'retour', about: 'Échanges et remboursements', hue: 150 },
  { id: 'facture', about: 'Factures et paiements', hue: 300 },
]
