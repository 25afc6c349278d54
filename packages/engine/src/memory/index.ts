export { memoryBlobs } from './blobs.ts'
export { type ManualClock, manualClock } from './manual-clock.ts'
export { memoryStorage } from './storage.ts'
