import type { ContactView } from '@guichet/engine'
import type { Company as CompanyRecord } from '@guichet/engine/domain'
import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import { call } from '../../engine.ts'
import { contactChanged } from '../../state/contacts.ts'
import { may } from '../../state/permissions.ts'
import { say } from '../../state/say.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { Choices } from '../choices.tsx'
import { Section } from './section.tsx'

const put = async (contact: ContactView, company: string | null, text: string | null): Promise<void> => {
  const before = contact.company
  const back = { label: t().undo, run: () => void put({ ...contact, company }, before, null) }
  const answer = await call('contacts.edit', contact.id, { company })
  if (say(answer, text, back)) await contactChanged(contact.id)
}

const Picker = ({ contact, onDone }: { readonly contact: ContactView; readonly onDone: () => void }) => {
  const [found, setFound] = useState<ReadonlyArray<CompanyRecord>>([])
  const [words, setWords] = useState('')
  useEffect(() => {
    let stale = false
    void call('companies.find', { words, limit: 8 }).then((answer) => {
      if (!stale && answer.ok) setFound(answer.value)
    })
    return () => {
      stale = true
    }
  }, [words])
  const choose = async (id: string, name: string) => {
    onDone()
    await put(contact, id, p().companyOf(name))
  }
  const create = async (name: string) => {
    const answer = await call('companies.put', { name })
    if (say(answer, null)) await choose(answer.value.id, name)
  }
  return (
    <div
      class="inline-choices"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onDone()
      }}
    >
      <Choices
        label={p().chooseCompany}
        placeholder={p().chooseCompany}
        onFilter={setWords}
        choices={found.map(({ id, name }) => ({ id, label: name, run: () => void choose(id, name) }))}
        extra={(text) =>
          text === '' || found.some(({ name }) => name === text)
            ? []
            : [{ id: 'new', label: p().createCompany(text), icon: 'plus', run: () => void create(text) }]
        }
      />
    </div>
  )
}

/** Whom the contact works for: chosen, made, or proposed by the domain of an address. */
export const Company = ({ contact }: { readonly contact: ContactView }) => {
  const [choosing, setChoosing] = useState(false)
  const { companyName: name, proposedCompany: proposed } = contact
  const mayEdit = may('editContacts')
  if (name === null && !mayEdit) return null
  return (
    <Section id="company" title={p().company}>
      <div class="tag-chips">
        {name !== null &&
          (mayEdit ? (
            <button
              type="button"
              class="tag tag-chip"
              aria-label={p().leaveCompany(name)}
              title={p().leaveCompany(name)}
              onClick={() => void put(contact, null, p().leaveCompany(name))}
            >
              {name}
              <Icon name="close" size={12} />
            </button>
          ) : (
            <span class="tag tag-chip">{name}</span>
          ))}
        {mayEdit && name === null && proposed !== null && (
          <button
            type="button"
            class="tag-chip add"
            onClick={() => void put(contact, proposed.id, p().companyOf(proposed.name))}
          >
            <Icon name="check" size={12} />
            {p().takeCompany(proposed.name)}
          </button>
        )}
        {mayEdit && !choosing && (
          <button type="button" class="tag-chip add" onClick={() => setChoosing(true)}>
            <Icon name="plus" size={12} />
            {p().chooseCompany}
          </button>
        )}
      </div>
      {choosing && <Picker contact={contact} onDone={() => setChoosing(false)} />}
    </Section>
  )
}
