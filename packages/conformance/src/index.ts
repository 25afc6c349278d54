export { type ConformanceCase, titleOf } from './conformance-case.ts'
export { storageCases } from './storage/cases.ts'
export { emptyChangeset, emptyRequest } from './storage/empty.ts'
export { plainConversation, plainEntry } from './storage/rows.ts'
export type { RawReader, RawTable, StorageHarness } from './storage/harness.ts'
export { channelCases } from './channel/cases.ts'
export type {
  ChannelHarness,
  ProviderAnswer,
  ProviderRequest,
  ScriptedFile,
  ScriptedHandshake,
  ScriptedProvider,
  WireReading,
} from './channel/harness.ts'
export { botCases } from './bot/cases.ts'
export type { BotHarness } from './bot/harness.ts'
export { translatorCases } from './translator/cases.ts'
export type { TranslatorHarness } from './translator/harness.ts'
export { blobCases, type BlobsHarness } from './blobs/cases.ts'
export { guaranteeCases } from './guarantees/cases.ts'
export type { GuaranteeConformanceCase, GuaranteeHarness } from './guarantees/harness.ts'
