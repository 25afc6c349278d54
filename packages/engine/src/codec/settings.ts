import type { StoredDocument } from '../ports/storage.ts'

/** How often the settings of a workspace have changed is the version of a document, so that it costs one row to ask. */
export const revisionDocument = { kind: 'settings', id: 'settings' } as const

/** 0 as long as nothing was set up. */
export const revisionOf = (stored: StoredDocument | undefined): number => stored?.version ?? 0

/** Goes with every change of settings: of two that are made at once, the second is made again on top of the first. */
export const nextRevision = (stored: StoredDocument | undefined): StoredDocument => ({
  ...revisionDocument,
  version: revisionOf(stored) + 1,
  parent: null,
  words: '',
  data: '{}',
})
