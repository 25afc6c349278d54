import { Icon } from '../../../shared/icon.tsx'
import type { Message } from '../../api.ts'
import { w } from '../../words/writing/w.ts'

/** A file whose bytes are not there: it says so in words, and becomes the file when it has come. */
export const MissingFile = ({ file }: { readonly file: Message['files'][number] }) => (
  <span class="file" title={file.missing?._tag === 'Gone' ? file.missing.reason : undefined}>
    <Icon name="file" />
    <span class="file-name">{file.name}</span>
    <span class="file-size">{file.missing?._tag === 'Gone' ? w().fileGone : w().fileComing}</span>
  </span>
)
