import { decodeCompany, encodeCompany } from '../codec/company.ts'
import { can } from '../domain/access/permissions.ts'
import { type CompanyChange, changeCompany } from '../domain/contact/companies.ts'
import type { Company } from '../domain/contact/company.ts'
import { type Acted, askedBy, notFound, refused, refusing } from './contact/act.ts'
import type { Core } from './core.ts'
import { wordsOf, wordy } from './read/search.ts'
import type { Viewer } from './read/viewer.ts'
import { isName } from './settings.ts'
import { noNeeds } from './view.ts'

const kind = 'company'

/** A company, to anybody who works here: what is hidden is who writes, not for whom. */
export const getCompany = async (core: Core, { workspace, agent }: Viewer, id: string): Promise<Acted<Company>> => {
  const setup = await core.directory.of(workspace)
  if (!setup.agents.has(agent) || typeof id !== 'string') return notFound
  const loaded = await core.storage.load({ ...noNeeds, documents: [{ workspace, kind, id }] })
  const stored = loaded.documents[0]
  return stored === undefined ? notFound : { _tag: 'Done', value: decodeCompany(stored) }
}

export const findCompanies = async (
  core: Core,
  { workspace, agent }: Viewer,
  words: string | undefined,
  limit: number,
): Promise<ReadonlyArray<Company>> => {
  const setup = await core.directory.of(workspace)
  if (!setup.agents.has(agent)) return []
  const wanted = words === undefined || wordy(words).trim() === '' ? undefined : wordsOf(words)
  if (wanted?.length === 0) return []
  const rows = await core.storage.documents({ workspace, kind, limit, ...(wanted && { words: wanted }) })
  return rows.map(decodeCompany)
}

/** Creates a company, or changes the one with this id: what is left out stays. */
export const putCompany = async (
  core: Core,
  viewer: Viewer,
  { id: given, ...change }: CompanyChange & { readonly id?: string },
): Promise<Acted<Company>> => {
  const { workspace } = viewer
  const asked = await askedBy(core, viewer)
  if (asked._tag === 'Refused') return asked
  if (!can(asked.value.agent, 'editContacts')) return refused({ _tag: 'Forbidden', action: 'editContacts' })
  if (given !== undefined && !isName(given)) {
    return refused({ _tag: 'Invalid', what: 'company', issues: ['id: a name of 1 to 200 characters, or none'] })
  }
  const id = given ?? core.ids.next()
  const { value } = await core.committer.submit<Acted<Company>>({
    workspace,
    needs: { documents: [{ workspace, kind, id }] },
    decide: (view) => {
      const stored = view.document(workspace, kind, id)
      const unknown = {
        id,
        name: '',
        domain: null,
        phone: null,
        address: null,
        custom: {},
        createdAt: core.clock.now(),
      }
      const company = changeCompany(stored === undefined ? unknown : decodeCompany(stored), change)
      if ('_tag' in company) return refusing(workspace, company)
      const documents = [encodeCompany(company, (stored?.version ?? 0) + 1)]
      return { _tag: 'Decided', value: { _tag: 'Done', value: company }, changes: { workspace, documents } }
    },
  })
  return value
}

/** Removes a company that nobody is of. */
export const removeCompany = async (core: Core, viewer: Viewer, id: string): Promise<Acted<void>> => {
  const { workspace } = viewer
  const asked = await askedBy(core, viewer)
  if (asked._tag === 'Refused') return asked
  if (!can(asked.value.agent, 'editContacts')) return refused({ _tag: 'Forbidden', action: 'editContacts' })
  if (typeof id !== 'string') return notFound
  const [one] = await core.storage.documents({ workspace, kind: 'contact', parent: id, limit: 1 })
  if (one !== undefined) return refused({ _tag: 'InUse', by: `contact ${one.id}` })
  const { value } = await core.committer.submit<Acted<void>>({
    workspace,
    needs: { documents: [{ workspace, kind, id }] },
    decide: (view) => {
      const stored = view.document(workspace, kind, id)
      if (stored === undefined) return refusing(workspace, { _tag: 'NotFound' })
      const gone = { ...stored, version: stored.version + 1, words: '', data: null }
      return {
        _tag: 'Decided',
        value: { _tag: 'Done', value: undefined },
        changes: { workspace, documents: [gone] },
      }
    },
  })
  return value
}
