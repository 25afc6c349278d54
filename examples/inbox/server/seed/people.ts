import type { Outcome, Workspace } from '@guichet/engine'
import type { ContactChange } from '@guichet/engine/domain'

interface Known {
  /** How she is found: one of her addresses. */
  readonly email: string
  readonly fields: ContactChange
  readonly remark?: string
  /** Her address is known to be hers. */
  readonly verified?: true
  readonly company?: { readonly name: string; readonly domain: string; readonly phone: string }
}

/** What the house had written down about some of its customers; the others are senders nobody has added yet. */
const known: ReadonlyArray<Known> = [
  {
    email: 'claire.martin@exemple.fr',
    fields: {
      firstName: 'Claire',
      kind: 'client',
      phones: ['+33639981234'],
      language: 'fr',
      currency: 'EUR',
      country: 'FR',
      timeZone: 'Europe/Paris',
      recordUrl: 'https://maison-lune.example/clients/1042',
      custom: { fidelite: 'Or', boutique: 'Lyon', lettre: true },
    },
    remark: 'Commande chaque année ses cadeaux de Noël en une fois. Toujours l’emballage.',
    verified: true,
  },
  {
    email: 'emma.wilson@example.co.uk',
    fields: {
      firstName: 'Emma',
      kind: 'partner',
      phones: ['+442079460958'],
      language: 'en-GB',
      currency: 'GBP',
      country: 'GB',
      timeZone: 'Europe/London',
    },
    remark: 'Deux boutiques, à Bath et à Bristol. Vue à Maison&Objet.',
    company: { name: 'Wilson & Daughters', domain: 'wilson-daughters.example', phone: '+441225960100' },
  },
  {
    email: 'thomas.becker@beispiel.de',
    fields: {
      firstName: 'Thomas',
      kind: 'lead',
      language: 'de',
      currency: 'EUR',
      country: 'DE',
      timeZone: 'Europe/Berlin',
    },
  },
  {
    email: 'oliver.stone@example.com',
    fields: {
      firstName: 'Oliver',
      kind: 'client',
      language: 'en-US',
      currency: 'USD',
      country: 'US',
      timeZone: 'America/New_York',
      custom: { fidelite: 'Argent' },
    },
    remark: 'Attend le grand vase depuis septembre.',
  },
  {
    email: 'yasmine.haddad@exemple.fr',
    fields: { firstName: 'Yasmine', kind: 'client', language: 'fr', country: 'FR' },
  },
]

const must = <A>(outcome: Outcome<A>): A => {
  if (outcome.ok) return outcome.value
  throw new Error(JSON.stringify(outcome.refusal))
}

/** Adds them to the contacts, as Chloé; and blocks the lottery, which has written to everybody. Twice is as good as once. */
export const writeDownPeople = async (workspace: Workspace): Promise<void> => {
  const { contacts, companies, blocks } = workspace.as('chloe')
  for (const { email, fields, remark, verified, company } of known) {
    const { items } = await contacts.find({ words: email })
    for (const contact of items.filter(({ emails }) => emails.includes(email))) {
      const found = company && (await companies.find({ words: company.name }))[0]
      const employer = company && (found ?? must(await companies.put(company)))
      must(await contacts.add(contact.id, { ...fields, ...(employer === undefined ? {} : { company: employer.id }) }))
      if (remark !== undefined && contact.remarks.length === 0) must(await contacts.remark(contact.id, remark))
      const { identities } = must(await contacts.get(contact.id))
      for (const { account, address } of identities.filter(
        (one) => one.address === email && verified && !one.verified,
      )) {
        must(await contacts.verify(contact.id, { account, address, verified: true }))
      }
    }
  }
  const pattern = '*@lucky-prize.example'
  if ((await blocks.list()).length === 0) {
    must(await blocks.add({ target: { _tag: 'Pattern', pattern }, reason: 'Fausse loterie, écrit à tout le monde' }))
  }
}
