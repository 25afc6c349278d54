import type { FileRef, MessageView } from '@guichet/engine'

/** The files of a message. */
export const filesIn = ({ parts }: MessageView): ReadonlyArray<FileRef> =>
  parts.flatMap((part) => (part._tag === 'File' ? [part.file] : []))
