import { accepts } from '@guichet/engine/domain'
import type { FileLimits, FileRef } from '@guichet/engine/ports'
import type { SplitOptions } from '@guichet/channel-kit'

/** What the Send API calls a file. */
export type FileKind = 'image' | 'audio' | 'video' | 'file'

/** Files of some types, what they are sent as and how large they may be, in bytes. */
interface FileRule {
  readonly kind: FileKind
  readonly types: ReadonlyArray<string>
  readonly maxBytes: number
}

/** What a product takes. Source: Meta, "Send API" and "Instagram API: Send a message". */
export interface Limits {
  readonly text: SplitOptions
  /** The first that fits a file is its kind. */
  readonly files: ReadonlyArray<FileRule>
  /** Whether it shows templates: cards and buttons with links. */
  readonly templates: boolean
}

/** Meta's megabyte may be either: what is within the smaller one always passes. */
const megabyte = 1_000_000
const maxBytes = 25 * megabyte

export const messengerLimits: Limits = {
  // "Less than 2000 characters"; counted in UTF-16, which is never fewer than characters.
  text: { limit: 1_999, measure: 'utf16' },
  files: [
    { kind: 'image', types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'], maxBytes },
    { kind: 'audio', types: ['audio/*'], maxBytes },
    { kind: 'video', types: ['video/*'], maxBytes },
    { kind: 'file', types: ['application/*', 'text/*', 'image/*'], maxBytes },
  ],
  templates: true,
}

export const instagramLimits: Limits = {
  text: { limit: 1_000, measure: 'utf8' },
  files: [
    { kind: 'image', types: ['image/jpeg', 'image/png', 'image/gif'], maxBytes: 8 * megabyte },
    {
      kind: 'audio',
      types: ['audio/aac', 'audio/mp4', 'audio/x-m4a', 'audio/m4a', 'audio/wav', 'audio/x-wav'],
      maxBytes,
    },
    {
      kind: 'video',
      types: ['video/mp4', 'video/ogg', 'video/x-msvideo', 'video/avi', 'video/quicktime', 'video/webm'],
      maxBytes,
    },
    { kind: 'file', types: ['application/pdf'], maxBytes },
  ],
  templates: false,
}

/** The same as the engine asks it: of any one file. */
export const fileLimits = ({ files }: Limits): FileLimits => ({
  max: 10,
  maxBytes: Math.max(...files.map((rule) => rule.maxBytes)),
  types: [...new Set(files.flatMap(({ types }) => types))],
})

/** What a file is sent as, or why it cannot be. */
export const kindOf = ({ files }: Limits, { mime, size, name }: FileRef): FileKind | { readonly refused: string } => {
  const rule = files.find(({ types }) => accepts(types, mime))
  if (rule === undefined) return { refused: `a file of the type ${mime}` }
  if (size > rule.maxBytes) return { refused: `${name}: more than ${rule.maxBytes} bytes` }
  return rule.kind
}
