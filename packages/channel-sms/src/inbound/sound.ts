import { partIssues } from '@guichet/engine/domain'
import type { InboundPart } from '@guichet/engine/ports'

type RichPart = Exclude<InboundPart, { readonly _tag: 'File' | 'RemoteFile' }>

const isSound = (part: RichPart): boolean => (partIssues(part) ?? []).length === 0

/** A part with what more is known of it: a field that the engine does not take (it is too long) goes, and not the part. */
export const soundPart = (part: RichPart, more: Readonly<Record<string, string | undefined>> = {}): InboundPart => {
  if (!isSound(part)) return { _tag: 'Unsupported', kind: part._tag }
  const kept = Object.entries(more).filter(
    ([name, value]) => value !== undefined && isSound({ ...part, [name]: value }),
  )
  return { ...part, ...Object.fromEntries(kept) }
}
