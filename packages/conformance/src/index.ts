export { type ConformanceCase, titleOf } from './conformance-case.ts'
export { storageCases } from './storage/cases.ts'
export type { RawReader, RawTable, StorageHarness } from './storage/harness.ts'
