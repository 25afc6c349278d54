import { isDeep } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'

/** One thing of a request as if it had brought nothing else: what is set aside can be parsed again. */
export type Alone = (one: unknown) => Uint8Array

/** `shell` puts it where it stood. What is nested too deeply to be written down again stays in the `whole` it came in. */
export const aloneIn =
  (whole: Uint8Array, shell: (one: unknown) => object): Alone =>
  (one) => {
    const request = shell(one)
    return isDeep(request) ? whole : new TextEncoder().encode(JSON.stringify(request))
  }

/** What a reader says of an element that makes no sense; whoever gave it the element knows its bytes. */
export interface Senseless {
  readonly _tag: 'Senseless'
  readonly reason: string
}

export const senseless = (reason: string): Senseless => ({ _tag: 'Senseless', reason })

/** What an element means. */
export type Meaning = InboundEvent | Senseless

/** One element on its own: what makes no sense in it is set aside with it, and costs the others nothing. */
export const readAlone = (
  element: unknown,
  alone: Alone,
  read: (element: unknown) => ReadonlyArray<Meaning>,
): ReadonlyArray<InboundEvent> => {
  const meanings = isDeep(element) ? [senseless('deeper than anything of Meta')] : read(element)
  return meanings.map((one) =>
    one._tag === 'Senseless' ? { _tag: 'Unreadable', reason: one.reason, raw: alone(element) } : one,
  )
}
