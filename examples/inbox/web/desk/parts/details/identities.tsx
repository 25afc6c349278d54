import type { ContactView } from '@guichet/engine'
import { Icon } from '../../../shared/icon.tsx'
import { call } from '../../engine.ts'
import { contactChanged } from '../../state/contacts.ts'
import { may } from '../../state/permissions.ts'
import { say } from '../../state/say.ts'
import { accountName } from '../../state/workspace.ts'
import { p } from '../../words/people/p.ts'
import { Section } from './section.tsx'

type Identity = ContactView['identities'][number]

const IdentityRow = ({ contact, identity }: { readonly contact: string; readonly identity: Identity }) => {
  const { account, address, verified } = identity
  const toggle = async () => {
    const answer = await call('contacts.verify', contact, { account, address, verified: !verified })
    if (say(answer, null)) await contactChanged(contact)
  }
  return (
    <li data-identity={address}>
      <span class="grow">
        {address}
        <span class={`identity-state ${verified ? 'ok' : ''}`}>
          {verified && <Icon name="check" size={12} />}
          {accountName(account)} · {verified ? p().verified : p().unverified}
        </span>
      </span>
      {may('editContacts') && (
        <button
          type="button"
          class="button small"
          aria-label={verified ? p().unverify(address) : p().verify(address)}
          onClick={() => void toggle()}
        >
          {verified ? p().unverifyShort : p().verifyShort}
        </button>
      )}
    </li>
  )
}

/** Where a contact is reached, and which of it is known to be hers. */
export const Identities = ({ contact }: { readonly contact: ContactView }) =>
  contact.identities.length === 0 ? null : (
    <Section id="identities" title={p().identities} count={contact.identities.length}>
      <ul class="lines-list">
        {contact.identities.map((identity) => (
          <IdentityRow key={`${identity.account}/${identity.address}`} contact={contact.id} identity={identity} />
        ))}
      </ul>
    </Section>
  )
