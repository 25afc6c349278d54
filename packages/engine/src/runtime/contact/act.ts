import type { Agent } from '../../domain/actor.ts'
import { system } from '../../domain/actor.ts'
import type { ContactCommand, ContactFacts } from '../../domain/contact/command.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import { decideContact } from '../../domain/contact/decide.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import type { Decided } from '../committer.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import type { Viewer } from '../read/viewer.ts'
import type { Needs, View } from '../view.ts'
import { isZone } from '../zones.ts'
import { asOne, familyFinder } from './family.ts'
import { recordContact } from './journal.ts'
import { seeFamily } from './sight.ts'

/** What became of something that was asked of a contact. */
export type Acted<A> =
  | { readonly _tag: 'Done'; readonly value: A }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

export const refused = (refusal: Refusal): { readonly _tag: 'Refused'; readonly refusal: Refusal } => ({
  _tag: 'Refused',
  refusal,
})

export const notFound = refused({ _tag: 'NotFound' })

/** A refusal as a decision that changes nothing. */
export const refusing = <A>(workspace: string, refusal: Refusal): Decided<Acted<A>> => ({
  _tag: 'Decided',
  value: refused(refusal),
  changes: { workspace },
})

/** The agent who asks, if the workspace knows her. */
export const askedBy = async (
  core: Core,
  viewer: Viewer,
): Promise<Acted<{ readonly agent: Agent; readonly setup: Setup }>> => {
  const setup = await core.directory.of(viewer.workspace)
  const agent = setup.agents.get(viewer.agent)
  return agent === undefined
    ? refused({ _tag: 'UnknownAgent', agent: viewer.agent })
    : { _tag: 'Done', value: { agent, setup } }
}

/** The company that a command names, so that the decision can look whether it exists. */
export const companyNeeds = (workspace: string, command: ContactCommand): Needs => {
  const company = 'fields' in command ? command.fields.company : undefined
  return typeof company === 'string' ? { documents: [{ workspace, kind: 'company', id: company.trim() }] } : {}
}

export const contactFacts = (
  core: Core,
  setup: Setup,
  view: View,
  workspace: string,
  agent: Agent | null,
  command: ContactCommand,
): ContactFacts => {
  const companies = companyNeeds(workspace, command).documents ?? []
  return {
    now: core.clock.now(),
    agent,
    definitions: setup.attributes,
    companies: new Set(companies.map(({ id }) => id).filter((id) => view.document(workspace, 'company', id))),
    isTimeZone: isZone,
  }
}

/** Of whom a command is: the one that stands for it, but a remark is where it was written. */
const meant = (
  family: { readonly root: Contact; readonly members: ReadonlyMap<string, Contact> },
  command: ContactCommand,
) =>
  command._tag === 'RemoveRemark'
    ? ([...family.members.values()].find(({ remarks }) => remarks.some(({ id }) => id === command.remark)) ??
      family.root)
    : family.root

/**
 * Runs one command on a contact that the viewer may see: load, decide, commit; again when somebody was faster, so that
 * nothing that two of them write is lost. Answers the contact as it is now.
 */
export const actOnContact = async (
  core: Core,
  viewer: Viewer,
  id: string,
  command: Exclude<ContactCommand, { readonly _tag: 'Create' | 'Erase' }>,
): Promise<Acted<Contact>> => {
  const { workspace } = viewer
  const asked = await askedBy(core, viewer)
  if (asked._tag === 'Refused') return asked
  const { agent, setup } = asked.value
  const seen = await seeFamily(core, viewer, id)
  if (seen === undefined) return notFound
  const finder = familyFinder(workspace)
  const { value } = await core.committer.submit<Acted<Contact>>({
    workspace,
    needs: companyNeeds(workspace, command),
    decide: (view) => {
      const found = finder.in(view, id)
      if (found._tag === 'Needs') return found
      if (found.family === undefined) return refusing(workspace, { _tag: 'NotFound' })
      const { members, stored } = found.family
      const target = meant(found.family, command)
      const facts = contactFacts(core, setup, view, workspace, agent, command)
      const decision = decideContact(target, command, facts)
      if (decision._tag === 'Refused') return refusing(workspace, decision.refusal)
      const { contact, what } = decision
      const line = { at: facts.now, actor: { kind: 'agent', id: agent.id } as const, what }
      const now = new Map(members).set(contact.id, contact)
      const root = now.get(found.family.root.id) ?? contact
      return {
        _tag: 'Decided',
        value: { _tag: 'Done', value: { ...asOne({ root, members: now }), lastActivity: seen.lastActivity } },
        changes: { workspace, ...recordContact(stored.get(contact.id), contact, line) },
      }
    },
  })
  return value
}

/** Who acts when nobody does: the engine, or its host. */
export const actorOf = (agent: Agent | null) => (agent === null ? system : ({ kind: 'agent', id: agent.id } as const))
