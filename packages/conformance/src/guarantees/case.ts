import type { Rig } from './rig.ts'

/** A case before it is bound to a store. */
export interface GuaranteeCase {
  /** A sentence that begins with the id: `G01 …`. */
  readonly name: string
  readonly body: (rig: Rig) => Promise<void>
}
