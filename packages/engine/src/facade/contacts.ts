import type { ContactCommand } from '../domain/contact/command.ts'
import type { Contact } from '../domain/contact/contact.ts'
import { isFields } from '../domain/message/part-issues.ts'
import { addBlock, listBlocks, removeBlock } from '../runtime/blocks.ts'
import { findCompanies, getCompany, putCompany, removeCompany } from '../runtime/companies.ts'
import { type Acted, actOnContact } from '../runtime/contact/act.ts'
import { createContact } from '../runtime/contact/creating.ts'
import { eraseContact } from '../runtime/contact/erasing.ts'
import { exportContact } from '../runtime/contact/exporting.ts'
import { mergeInto, undoMergeOf } from '../runtime/contact/merging.ts'
import { findContacts, getContact } from '../runtime/contact/reading.ts'
import { seeFamily } from '../runtime/contact/sight.ts'
import { verifyIdentity } from '../runtime/contact/verifying.ts'
import type { Running } from '../runtime/engine.ts'
import { counts, list } from '../runtime/read/list.ts'
import type { Viewer } from '../runtime/read/viewer.ts'
import { cursor, cursorOf, pageSize } from './paging.ts'
import { abortable, asEngineError, given, invalid } from './refusing.ts'
import type { AgentSession, CallOptions, Contacts, Outcome } from './types.ts'
import { summaryOf } from './views.ts'

const outcome = <A>(acted: Acted<A>): Outcome<A> =>
  acted._tag === 'Done' ? { ok: true, value: acted.value } : { ok: false, refusal: acted.refusal }

/** What is no text narrows nothing. */
const textOr = (value: string | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

const notFound: Outcome<never> = { ok: false, refusal: { _tag: 'NotFound' } }

/** The people on the other side, whom they work for, and who is not heard: as one agent may see and change them. */
export const contactsFor = (
  { core, closing }: Running,
  viewer: Viewer,
): Pick<AgentSession, 'contacts' | 'companies' | 'blocks'> => {
  const ask = <A>(options: CallOptions | undefined, asking: () => Promise<A>): Promise<A> =>
    abortable(options?.signal, asEngineError(closing, asking))
  const asked = <A>(acting: () => Promise<Acted<A>>): Promise<Outcome<A>> =>
    asEngineError(closing, async () => outcome(await acting()))
  const act = (
    id: string,
    command: Exclude<ContactCommand, { readonly _tag: 'Create' | 'Erase' }>,
  ): Promise<Outcome<Contact>> => asked(() => actOnContact(core, viewer, id, command))

  const history: Contacts['history'] = (id, asking) => {
    const options = given(asking)
    return ask(options, async () => {
      const seen = await seeFamily(core, viewer, id)
      if (seen === undefined) return notFound
      const after = cursor(options.after)
      const [page, tabs] = await Promise.all([
        list(core, viewer, {
          filter: { contacts: [id] },
          limit: pageSize(options.limit),
          ...(after && { after }),
        }),
        counts(core, viewer),
      ])
      const items = page.items.map(({ state, contact, unread }) => summaryOf(state, contact, unread))
      return { ok: true, value: { items, next: cursorOf(page.next), counts: tabs } }
    })
  }

  return {
    contacts: {
      get: (id, options) =>
        ask(options, async () => {
          const contact = await getContact(core, viewer, id)
          return contact === undefined ? notFound : { ok: true, value: contact }
        }),
      find: (options) => {
        const { words, company, after, limit } = given(options)
        return ask(options, () =>
          findContacts(core, viewer, {
            words: textOr(words),
            company: textOr(company),
            after: textOr(after),
            limit: pageSize(limit),
          }),
        )
      },
      history,
      create: (contact) => {
        if (!isFields(contact)) return Promise.resolve(invalid('contact', 'an object with what is known of her'))
        const { identities = [], ...fields } = contact
        return asked(() => createContact(core, viewer, fields, identities))
      },
      add: (id, fields) => act(id, { _tag: 'Add', fields: given(fields) }),
      ignore: (id) => act(id, { _tag: 'Ignore' }),
      edit: (id, fields) => act(id, { _tag: 'Edit', fields: given(fields) }),
      remark: (id, text) => act(id, { _tag: 'Remark', id: core.ids.next(), text }),
      removeRemark: (id, remark) => act(id, { _tag: 'RemoveRemark', remark }),
      verify: (id, identity) => asked(() => verifyIdentity(core, viewer, id, given(identity))),
      merge: (id, options) => asked(() => mergeInto(core, viewer, id, given(options).into)),
      undoMerge: (id, options) => asked(() => undoMergeOf(core, viewer, id, given(options).merged)),
      export: (id) => asked(() => exportContact(core, viewer, id)),
      erase: (id) => asked(() => eraseContact(core, viewer, id)),
    },
    companies: {
      get: (id) => asked(() => getCompany(core, viewer, id)),
      find: (options) => {
        const { words, limit } = given(options)
        return ask(options, () => findCompanies(core, viewer, textOr(words), pageSize(limit)))
      },
      put: (company) => asked(() => putCompany(core, viewer, given(company))),
      remove: (id) => asked(() => removeCompany(core, viewer, id)),
    },
    blocks: {
      list: (options) => ask(options, () => listBlocks(core, viewer)),
      add: (block) => asked(() => addBlock(core, viewer, given(block))),
      remove: (id) => asked(() => removeBlock(core, viewer, id)),
    },
  }
}
