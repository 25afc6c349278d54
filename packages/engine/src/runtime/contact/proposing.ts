import { decodeCompany } from '../../codec/company.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import type { Core } from '../core.ts'
import { wordsOf } from '../read/search.ts'

/** A company as it is proposed. */
export interface Proposed {
  readonly id: string
  readonly name: string
}

/** Further addresses are rarely those of work. */
const domainsAtMost = 5
const namesakesAtMost = 20

/** The company whose internet domain one of somebody's addresses has, for who is of none yet. */
export const proposedCompany = async (
  core: Core,
  workspace: string,
  { company, emails }: Contact,
): Promise<Proposed | null> => {
  if (company !== null) return null
  const domains = new Set(emails.map((email) => email.slice(email.lastIndexOf('@') + 1).toLowerCase()))
  for (const domain of [...domains].slice(0, domainsAtMost)) {
    const words = wordsOf(domain)
    if (words.length === 0) continue
    const rows = await core.storage.documents({ workspace, kind: 'company', words, limit: namesakesAtMost })
    const found = rows.map(decodeCompany).find((one) => one.domain === domain)
    if (found !== undefined) return { id: found.id, name: found.name }
  }
  return null
}
