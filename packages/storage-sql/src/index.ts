export { entryKinds, facetKinds, statuses } from './codes.ts'
export { compareIds, decodeId, encodeId, type Id } from './ids.ts'
export { type Migration, pendingMigrations, sqliteMigrations } from './migrations.ts'
export {
  type ConversationPut,
  facetsOf,
  readConversation,
  readDelivery,
  readDocument,
  readEntry,
  readExternal,
  readIdentity,
  readKnown,
  readParked,
  readQuarantine,
  readWork,
  writeConversation,
  writeEntry,
  writeIdentity,
  writeWork,
} from './rows.ts'
export { type Condition, conditionParams, conditionsOf } from './statements/conditions.ts'
export { statements } from './statements/index.ts'
export type { SeqRange } from './statements/journal.ts'
export { markRead, type ScanShape, scan, searchHits } from './statements/list.ts'
export type { DocumentTable, WorkTable } from './tables.ts'
export type { Template } from './template.ts'
export { jsonList, wellFormed } from './text.ts'
export { afterWord, foldText, matchWords, wordsOf, workspaceWord } from './words.ts'
