import { v7 } from 'uuid'
import type { Ids } from '../ports/ids.ts'

/** UUID version 7, rising within one process also within a millisecond. */
export const uuids: Ids = { next: () => v7() }
