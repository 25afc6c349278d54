const many = (n: number, one: string, several: string): string => `${n} ${n < 2 ? one : several}`

/** The counter: queues, offers, presence, filters, many at once. */
export const counterFr = {
  tab_mentions: 'Mentions',
  tab_internal: 'Entre collègues',
  screen_queues: 'Files et offres',
  // Presence
  presence: 'Présence',
  presence_online: 'Disponible',
  presence_away: 'En pause',
  presence_offline: 'Hors ligne',
  presence_auto: 'Selon ce poste',
  presence_autoHint: 'Disponible quand ce poste est utilisé',
  load: (n: number, of: number | null) => (of === null ? `${n} en cours` : `${n}/${of}`),
  loadLong: (n: number, of: number | null) =>
    of === null ? `${many(n, 'conversation en cours', 'conversations en cours')}` : `${n} conversations sur ${of}`,
  // Offers
  offer_by: (queue: string) => `${queue} vous propose une conversation`,
  offer_waits: (who: string, span: string) => `${who} attend depuis ${span}`,
  offer_says: (queue: string, who: string) => `${queue} vous propose ${who}. Touche Y pour accepter.`,
  offer_left: (left: string) => `encore ${left}`,
  offer_accept: 'Accepter',
  offer_pass: 'Passer',
  offer_passed: 'Proposée à quelqu’un d’autre.',
  offer_more: (n: number) => `et ${many(n, 'autre offre', 'autres offres')}`,
  offeredTo: (who: string) => `proposée à ${who}`,
  no_NotOffered: 'Cette offre est passée : son temps est écoulé, ou quelqu’un l’a prise.',
  // Rows
  waits: (span: string) => `attend ${span}`,
  late: 'En retard',
  rowPriority_high: 'Priorité haute',
  rowPriority_urgent: 'Priorité urgente',
  lockedBy: (who: string) => `Gardée par ${who}`,
  looks: (who: string) => `${who} regarde`,
  writes: (who: string) => `${who} écrit`,
  // Filters and views
  filters: 'Filtrer',
  views: 'Vues',
  saveView: 'Enregistrer la vue',
  viewMenu: (name: string) => `Options de la vue ${name}`,
  removeView: 'Supprimer la vue',
  viewRemoved: (name: string) => `Vue « ${name} » supprimée.`,
  viewSaved: (name: string) => `Vue « ${name} » enregistrée.`,
  // Navigation
  pinNav: 'Garder la navigation ouverte',
  unpinNav: 'Réduire la navigation',
  // Many at once
  mark: 'Choisir',
  markTo: 'Choisir jusqu’ici',
  markAll: 'Tout choisir',
  markNone: 'Ne rien choisir',
  marked: (n: number) => many(n, 'choisie', 'choisies'),
  markRead: 'Marquer comme lues',
  // People
  no_NotReachable: 'Ce contact n’a pas d’adresse sur ce canal. Ajoutez-la à sa fiche.',
  no_AtCapacity: (who: string, n: number) => `${who} a déjà ses ${n} conversations.`,
  no_NotAvailable: (who: string) => `${who} n’est pas disponible.`,
  // Queues and offers
}
