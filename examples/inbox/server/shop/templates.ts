import type { TemplateInput, Workspace } from '@guichet/engine'

const everybody = { _tag: 'All' } as const
const deliveries = { _tag: 'Team', queue: 'livraisons' } as const

/** What the counter says every day, in the three languages of its customers. */
const templates: ReadonlyArray<TemplateInput> = [
  {
    title: 'Bonjour',
    category: 'Accueil',
    shortcut: 'bonjour',
    language: 'fr',
    scope: everybody,
    text: 'Bonjour {{contact.firstName|à vous}},\n\nMerci pour votre message. Je regarde tout de suite.\n\n{{agent.firstName}}',
  },
  {
    title: 'Hello',
    category: 'Accueil',
    shortcut: 'hello',
    language: 'en',
    scope: everybody,
    text: 'Hello {{contact.firstName|there}},\n\nThank you for your message. I am looking into it right now.\n\n{{agent.firstName}}',
  },
  {
    title: 'Guten Tag',
    category: 'Accueil',
    shortcut: 'guten',
    language: 'de',
    scope: everybody,
    text: 'Guten Tag {{contact.name|}},\n\nvielen Dank für Ihre Nachricht. Ich sehe sofort nach.\n\n{{agent.firstName}}',
  },
  {
    title: 'Bon de retour',
    category: 'Retours',
    shortcut: 'retour',
    language: 'fr',
    scope: everybody,
    text: 'Bonjour {{contact.firstName|à vous}},\n\nVoici votre bon de retour : collez-le sur le colis et déposez-le dans n’importe quel bureau de poste. Nous vous remboursons dès son arrivée.\n\n{{agent.firstName}}',
  },
  {
    title: 'Return label',
    category: 'Retours',
    shortcut: 'return',
    language: 'en',
    channels: ['email'],
    scope: everybody,
    text: 'Hello {{contact.firstName|there}},\n\nHere is your return label: stick it on the parcel and leave it at any post office. We will refund you as soon as it is here.\n\n{{agent.firstName}}',
  },
  {
    title: 'Colis en route',
    category: 'Livraisons',
    shortcut: 'route',
    language: 'fr',
    scope: everybody,
    text: 'Bonjour {{contact.firstName|à vous}},\n\nVotre colis est en route et arrive demain.\n\n{{agent.firstName}}',
  },
  {
    title: 'Enquête auprès du transporteur',
    category: 'Livraisons',
    shortcut: 'enquete',
    language: 'fr',
    scope: deliveries,
    text: 'Bonjour {{contact.firstName|à vous}},\n\nNous avons ouvert une enquête auprès du transporteur pour « {{conversation.subject|votre colis}} ». Il répond sous 48 h, et je vous écris dès que j’en sais plus.\n\n{{agent.firstName}}',
  },
]

/** Written once, by who leads: what people change later stays changed. */
export const writeTemplates = async (workspace: Workspace): Promise<void> => {
  const chloe = workspace.as('chloe')
  if ((await chloe.templates.find()).length > 0) return
  for (const template of templates) {
    const put = await chloe.templates.put(template)
    if (!put.ok) throw new Error(`template ${template.title}: ${JSON.stringify(put.refusal)}`)
  }
}
