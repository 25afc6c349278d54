import type { EngineCall } from '../../state/call-log.ts'
import type { Choice } from '../choices.tsx'

/** A row of the palette. */
export interface PaletteRow extends Choice {
  /** What it asks of the engine; null when that is nothing. */
  readonly call: EngineCall | null
}
