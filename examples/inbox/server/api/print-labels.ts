import type { TranscriptLabels } from '@guichet/engine/domain'

const french: TranscriptLabels = {
  language: 'fr',
  heading: 'Conversation avec {contact}',
  title: 'Titre',
  with: 'Avec',
  by: 'Par',
  conversation: 'Conversation',
  times: 'Heures',
  note: 'note',
  edited: 'modifié',
  deleted: 'Message supprimé',
  moved: 'Message déplacé dans une autre conversation',
  file: 'fichier',
  fileComing: 'pas encore reçu',
  fileGone: 'indisponible',
}

/** What a printed conversation says in the language of the desk; the engine’s own words are English. */
export const printLabels = (language: string | undefined): TranscriptLabels | undefined =>
  language === 'fr' ? french : undefined
