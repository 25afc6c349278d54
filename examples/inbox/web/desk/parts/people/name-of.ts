import type { Contact } from '../../api.ts'
import { t } from '../../words/t.ts'

/** What to call a contact: the name, else an address, else that it is a visitor. */
export const nameOf = ({ id, name, emails, phones }: Contact): string =>
  name ?? emails[0] ?? phones[0] ?? t().visitorName(id.slice(-4))
