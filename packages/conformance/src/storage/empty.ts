import type { Changeset, LoadRequest } from '@guichet/engine/ports'

/** A changeset that changes nothing, to be filled in: `{ ...emptyChangeset, workspace, entries }`. */
export const emptyChangeset: Omit<Changeset, 'workspace'> = {
  conversations: [],
  identities: [],
  dropIdentities: [],
  documents: [],
  externals: [],
  moveExternals: [],
  entries: [],
  deliveries: [],
  amendments: [],
  work: [],
  cancel: [],
  settle: [],
  park: [],
  unpark: [],
  drafts: [],
  settings: [],
  quarantine: [],
  release: [],
  counters: [],
  limits: [],
  erase: [],
}

/** A request that asks for nothing, and what is found of it as well: nothing. */
export const emptyRequest: LoadRequest = {
  conversations: [],
  identities: [],
  externals: [],
  documents: [],
  deliveries: [],
  counters: [],
}
