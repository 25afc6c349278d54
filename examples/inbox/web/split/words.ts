import { language } from '../shared/preferences.ts'

const fr = {
  title: 'Deux agents côte à côte',
  left: 'À gauche',
  right: 'À droite',
  desk: 'Le bureau seul',
  pane_ana: 'Ana',
  pane_ben: 'Ben',
  pane_lia: 'Lia',
  pane_chloe: 'Chloé, responsable',
  pane_mailbox: 'La boîte du client',
  pane_phone: 'Le téléphone du client',
  pane_site: 'La boutique et son chat',
}

type Words = { readonly [K in keyof typeof fr]: string }

const en: Words = {
  title: 'Two agents side by side',
  left: 'On the left',
  right: 'On the right',
  desk: 'The desk alone',
  pane_ana: 'Ana',
  pane_ben: 'Ben',
  pane_lia: 'Lia',
  pane_chloe: 'Chloé, manager',
  pane_mailbox: 'The customer’s mailbox',
  pane_phone: 'The customer’s telephone',
  pane_site: 'The shop and its chat',
}

const all: Readonly<Record<'fr' | 'en', Words>> = { fr, en }

export const t = (): Words => all[language.value]
