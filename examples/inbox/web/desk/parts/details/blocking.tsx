import type { ContactView } from '@guichet/engine'
import { contactChanged } from '../../state/contacts.ts'
import { peopleDialog } from '../../state/dialogs.ts'
import { may } from '../../state/permissions.ts'
import { p } from '../../words/people/p.ts'
import { BlockLine } from './block-line.tsx'
import { Section } from './section.tsx'

/** What keeps this contact from being heard. */
export const Blocking = ({ contact }: { readonly contact: ContactView }) => {
  const mayBlock = may('manageBlocks')
  if (contact.blocks.length === 0 && !mayBlock) return null
  return (
    <Section id="blocks" title={p().blocked} count={contact.blocks.length}>
      <ul class="lines-list">
        {contact.blocks.map((block) => (
          <BlockLine
            key={block.id}
            block={block}
            contact={contact.name}
            liftable={mayBlock}
            onChange={() => contactChanged(contact.id)}
          />
        ))}
      </ul>
      {mayBlock && (
        <button
          type="button"
          class="button small"
          aria-haspopup="dialog"
          onClick={() => {
            peopleDialog.value = { name: 'block', contact }
          }}
        >
          {p().blockContact}
        </button>
      )}
    </Section>
  )
}
