import type { InboundEvent } from '@guichet/engine/ports'
import type { Place } from './place.ts'

/** Reads one kind of event: `body` is what stands under its name. Undefined when that lacks what it needs. */
export type ReadKind = (event: unknown, body: unknown, place: Place) => ReadonlyArray<InboundEvent> | undefined
