import { encodeContact, encodeContactEntry } from '../../codec/contact.ts'
import type { ContactChange } from '../../domain/contact/command.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import { decideContact } from '../../domain/contact/decide.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { addressFor } from '../reach.ts'
import type { Viewer } from '../read/viewer.ts'
import { type Acted, actorOf, askedBy, companyNeeds, contactFacts, refused, refusing } from './act.ts'

/** Where somebody is reached: an address on an account. */
export interface Reach {
  readonly account: string
  readonly address: string
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 1_000

const checkReach = (core: Core, setup: Setup, identities: unknown): Refusal | ReadonlyArray<Reach> => {
  const issues = ['identities: a list of { account, address }']
  if (!Array.isArray(identities)) return { _tag: 'Invalid', what: 'contact', issues }
  const reach: Array<Reach> = []
  for (const one of identities as ReadonlyArray<Partial<Reach> | null>) {
    if (!isText(one?.account) || !isText(one?.address)) return { _tag: 'Invalid', what: 'contact', issues }
    const account = setup.accounts.get(one.account)
    if (account === undefined) return { _tag: 'UnknownAccount', account: one.account }
    const address = addressFor(core.channels.get(account.channel)?.capabilities.addressedBy, one.address)
    if (address === null) {
      const issue = `identities: ${JSON.stringify(one.address)} is no address that ${account.id} can reach`
      return { _tag: 'Invalid', what: 'contact', issues: [issue] }
    }
    if (!reach.some((known) => known.account === one.account && known.address === address)) {
      reach.push({ account: one.account, address })
    }
  }
  return reach
}

/** Somebody new, reached at these addresses. An address that is somebody's already is refused (`InUse`). */
export const createContact = async (
  core: Core,
  viewer: Viewer,
  fields: ContactChange,
  identities: unknown,
): Promise<Acted<Contact>> => {
  const { workspace } = viewer
  const asked = await askedBy(core, viewer)
  if (asked._tag === 'Refused') return asked
  const { agent, setup } = asked.value
  const reach = checkReach(core, setup, identities)
  if ('_tag' in reach) return refused(reach)
  const command = { _tag: 'Create', id: core.ids.next(), fields } as const
  const { value } = await core.committer.submit<Acted<Contact>>({
    workspace,
    needs: {
      ...companyNeeds(workspace, command),
      identities: reach.map(({ account, address }) => ({ workspace, account, address })),
    },
    decide: (view) => {
      const facts = contactFacts(core, setup, view, workspace, agent, command)
      const decision = decideContact(undefined, command, facts)
      if (decision._tag === 'Refused') return refusing(workspace, decision.refusal)
      for (const { account, address } of reach) {
        const taken = view.identity(workspace, account, address)
        if (taken !== undefined) return refusing(workspace, { _tag: 'InUse', by: `contact ${taken.contact}` })
      }
      const { contact, what } = decision
      return {
        _tag: 'Decided',
        value: { _tag: 'Done', value: contact },
        changes: {
          workspace,
          documents: [encodeContact(contact, 1, 1)],
          entries: [encodeContactEntry(contact.id, 1, { at: facts.now, actor: actorOf(agent), what })],
          identities: reach.map((one) => ({
            ...one,
            contact: contact.id,
            conversation: null,
            verified: false,
            version: 1,
          })),
        },
      }
    },
  })
  return value
}
