import type { Company } from '../domain/contact/company.ts'
import type { StoredDocument } from '../ports/storage.ts'

/** A company is a document of the kind `company`; `v` is the shape's version. */
export const encodeCompany = (company: Company, version: number): StoredDocument => {
  const { id, ...rest } = company
  return {
    kind: 'company',
    id,
    version,
    parent: null,
    words: [company.name, company.domain ?? '', company.phone ?? ''].filter((text) => text !== '').join(' '),
    data: JSON.stringify({ v: 1, ...rest }),
  }
}

/** A stored document always says something: only a put can have null data. */
export const decodeCompany = (stored: StoredDocument): Company => {
  const { v: _, ...rest } = JSON.parse(stored.data ?? '{}') as Omit<Company, 'id'> & { readonly v: 1 }
  return { id: stored.id, ...rest }
}
