/** A body as far as it was read. */
export interface BoundedBody {
  readonly bytes: Uint8Array
  /** `large`: it goes on beyond the bound. `broken`: the connection ended, or was stopped, before the body did. */
  readonly end: 'whole' | 'large' | 'broken'
  /** Why it is broken. */
  readonly error?: unknown
}

/** Reads a body to its end, or until it is larger than `maxBytes`: then the connection is given up. */
export const readBounded = async (response: Response, maxBytes: number): Promise<BoundedBody> => {
  if (response.body === null) return { bytes: new Uint8Array(), end: 'whole' }
  const reader = response.body.getReader()
  const chunks: Array<Uint8Array> = []
  let size = 0
  const upTo = (length: number): Uint8Array => Buffer.concat(chunks, Math.min(size, length))
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { bytes: upTo(size), end: 'whole' }
      chunks.push(value)
      size += value.byteLength
      if (size > maxBytes) {
        await discard(() => reader.cancel())
        return { bytes: upTo(maxBytes), end: 'large' }
      }
    }
  } catch (error) {
    return { bytes: upTo(size), end: 'broken', error }
  }
}

/** Lets go of a body that nobody reads, so that its connection does not stay open. */
export const discardBody = (response: Response): Promise<void> => discard(() => response.body?.cancel())

const discard = async (cancel: () => Promise<void> | undefined): Promise<void> => {
  try {
    await cancel()
  } catch {
    // It has ended by itself.
  }
}
