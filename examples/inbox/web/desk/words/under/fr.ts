/** The drawer's own words: they come with it. */
export const fr = {
  title: 'Sous le capot',
  close: 'Fermer le tiroir',
  resize: 'Hauteur du tiroir',
  tab_journal: 'Journal',
  tab_calls: 'Appels',
  tab_refusals: 'Refus',
  tab_work: 'Travail à venir',
  onlyHere: 'Cette conversation seulement',
  reads: 'Lectures aussi',
  empty_journal: 'Rien encore. Ce qui arrive s’inscrit ici aussitôt.',
  empty_calls: 'Rien n’a encore été demandé au moteur dans cette fenêtre.',
  empty_refusals: 'Aucun refus dans cette fenêtre.',
  empty_work: 'Rien n’est à faire : ni envoi, ni minuterie, ni offre.',
  copyCall: 'Copier l’appel',
  copied: 'Copié.',
  now: 'Heure du moteur',
  ahead: (span: string) => `en avance de ${span}`,
  plus5: '+5 min',
  plus60: '+1 h',
  tomorrow: 'Demain 9:00',
  mailOff: 'Couper les e-mails',
  mailOn: 'Rétablir les e-mails',
  due: (span: string) => `dans ${span}`,
  dueNow: 'maintenant',
  attempts: (n: number) => (n === 1 ? '1 essai' : `${n} essais`),
  open: (who: string) => `Ouvrir ${who}`,
  work_deliver: 'envoyer',
  work_wake: 'finir l’attente',
  work_forget: 'oublier',
  work_offer: 'finir l’offre',
  work_handover: 'passer la main',
  work_sla: 'échéance de réponse',
  work_send: 'envoi programmé',
  work_distribute: 'distribuer la file',
  work_presence: 'revoir la présence',
  work_bot: 'faire répondre l’assistant',
  work_translate: 'traduire',
  work_erase: 'effacer',
  work_retain: 'conserver ou supprimer',
  work_retag: 'renommer l’étiquette',
}

export type UnderWords = {
  readonly [K in keyof typeof fr]: (typeof fr)[K] extends (...parts: infer Parts) => string
    ? (...parts: Parts) => string
    : string
}
