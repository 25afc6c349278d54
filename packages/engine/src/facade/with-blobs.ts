import { memoryBlobs } from '../memory/blobs.ts'
import type { Blobs } from '../ports/blobs.ts'
import type { EngineOptions } from './types.ts'

/** Attachments of a host that names no place for them live as long as the engine. */
export const withBlobs = (options: EngineOptions): EngineOptions & { readonly blobs: Blobs } => ({
  ...options,
  blobs: options.blobs ?? memoryBlobs(),
})
