import { decodeCompany } from '../../codec/company.ts'
import { decodeContact } from '../../codec/contact.ts'
import type { Agent } from '../../domain/actor.ts'
import type { AttributeValue } from '../../domain/contact/attribute.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { TemplateValues } from '../../domain/template/fill.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { noNeeds } from '../view.ts'

/** A name as people call somebody by it: what stands before the first space. */
const firstOf = (name: string): string => name.trim().split(/\s+/)[0] ?? ''

const customOf = (
  on: 'contact' | 'conversation',
  values: Readonly<Record<string, AttributeValue>>,
): ReadonlyArray<readonly [string, string]> =>
  Object.entries(values).map(([id, value]) => [`${on}.custom.${id}`, String(value)] as const)

const documentOf = async (core: Core, workspace: string, kind: string, id: string) =>
  (await core.storage.load({ ...noNeeds, documents: [{ workspace, kind, id }] })).documents[0]

/** Somebody whose contact went into another one is called by what is known of that one. */
const contactOf = async (core: Core, workspace: string, id: string): Promise<Contact | undefined> => {
  const stored = await documentOf(core, workspace, 'contact', id)
  const contact = stored && decodeContact(stored)
  return contact?.mergedInto == null ? contact : contactOf(core, workspace, contact.mergedInto)
}

const companyName = async (core: Core, workspace: string, id: string): Promise<string | null> => {
  const stored = await documentOf(core, workspace, 'company', id)
  return stored === undefined ? null : decodeCompany(stored).name
}

/** What variables stand for in this conversation, when this agent writes. */
export const valuesFor = async (
  core: Core,
  setup: Setup,
  workspace: string,
  state: Conversation,
  agent: Agent | undefined,
): Promise<TemplateValues> => {
  const contact = await contactOf(core, workspace, state.contact)
  const company = contact?.company == null ? null : await companyName(core, workspace, contact.company)
  return {
    'contact.name': contact?.name,
    'contact.firstName': contact?.firstName,
    'contact.email': contact?.emails[0],
    'contact.phone': contact?.phones[0],
    'contact.company': company,
    'contact.language': contact?.language,
    'agent.name': agent?.name,
    'agent.firstName': agent && firstOf(agent.name),
    'agent.email': agent?.email,
    'conversation.id': state.id,
    'conversation.subject': state.subject,
    'conversation.title': state.title,
    'account.name': setup.accounts.get(state.account)?.name,
    ...Object.fromEntries(customOf('contact', contact?.custom ?? {})),
    ...Object.fromEntries(customOf('conversation', state.attributes)),
  }
}
