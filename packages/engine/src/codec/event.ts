import type { InboundEvent } from '../ports/channel.ts'

/** Events may carry bytes, which JSON does not have: they are written as base64 under a name that no channel uses. */
const marker = '$bytes'

const toBase64 = (bytes: Uint8Array): string => {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(binary)
}

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))

export const encodeEvent = (event: InboundEvent): string =>
  JSON.stringify(event, (_, value: unknown) => (value instanceof Uint8Array ? { [marker]: toBase64(value) } : value))

export const decodeEvent = (text: string): InboundEvent =>
  JSON.parse(text, (_, value: unknown) =>
    typeof value === 'object' && value !== null && marker in value && typeof value[marker] === 'string'
      ? fromBase64(value[marker])
      : value,
  ) as InboundEvent
