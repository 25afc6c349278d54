import * as fc from 'fast-check'

/** Throws unless a property holds for so many generated values, with what went wrong in the message itself. */
export const holds = (property: fc.IAsyncProperty<any>, runs: number): Promise<void> =>
  fc.assert(property, { numRuns: runs, includeErrorInReport: true })
