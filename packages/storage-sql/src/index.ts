export { actorKinds, entryKinds, facetKinds, statuses } from './codes.ts'
export { compareIds, decodeId, encodeId, type Id } from './ids.ts'
export { rowLimit, wholeNumber } from './limit.ts'
export { type Migration, pendingMigrations, sqliteMigrations } from './migrations.ts'
export { postgresMigrations } from './postgres/migrations.ts'
export {
  type ConversationPut,
  type ConversationValues,
  contactColumns,
  conversationColumns,
  entryColumns,
  facetsOf,
  type HitValues,
  identityColumns,
  type KnownValues,
  readConversation,
  readDelivery,
  readDocument,
  readEntry,
  readExternal,
  readHit,
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
export { below, type Driver, except, type Scan, type ScanShape, scansFor, statusesAlong } from './scans.ts'
export {
  type Condition,
  type ConditionParams,
  conditionParams,
  conditionsOf,
  type Dialect,
  met,
} from './statements/conditions.ts'
export { statements } from './statements/index.ts'
export type { SeqRange } from './statements/journal.ts'
export { jsonLists, markRead, scan, searchHits } from './statements/list.ts'
export type { DocumentTable, WorkTable } from './tables.ts'
export { memoised, postgres, positional, template, type Template, written } from './template.ts'
export { jsonList, wellFormed } from './text.ts'
export { afterWord, foldText, hasBeginnings, matchWords, type WordMatch, wordsOf, workspaceWord } from './words.ts'
