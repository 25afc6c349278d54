import type { ChannelAccount, ChannelCapabilities, FileRef } from '@guichet/engine/ports'

/**
 * Where a provider can fetch a file that is sent as MMS: providers take an address, not bytes. The same for the same file
 * at every attempt, open to whoever has it (so not to be guessed), and for as long as the message may take to leave.
 */
export type PublicLink = (file: FileRef, account: Pick<ChannelAccount, 'workspace' | 'id'>) => string

/** What carriers take; the provider makes pictures smaller where it must. */
export const mmsTypes: ReadonlyArray<string> = [
  'image/jpeg',
  'image/png',
  'image/gif',
  'audio/*',
  'video/mp4',
  'video/3gpp',
  'text/vcard',
  'text/calendar',
  'application/pdf',
]

/** Files go out only where there is a link to them. */
export const mmsFiles = (
  link: PublicLink | undefined,
  limits: { readonly max: number; readonly maxBytes: number },
): ChannelCapabilities['files'] =>
  link === undefined ? { max: 0, maxBytes: 0, types: [] } : { ...limits, types: mmsTypes }
