import type { TranscriptLabels } from '../../domain/transcript/labels.ts'
import type { ToldFile } from './conversation.ts'
import { sizeOf } from './times.ts'

/** A file in a line: its name, and its size or why there is none. */
export const fileLine = ({ name, size, missing }: ToldFile, labels: TranscriptLabels): string =>
  `${name}, ${missing === undefined ? sizeOf(size) : missing === 'coming' ? labels.fileComing : labels.fileGone}`
