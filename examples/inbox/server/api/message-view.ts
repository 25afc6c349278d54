import type { MessageView } from '@guichet/engine'
import type { Actor } from '@guichet/engine/domain'

/** What a script or a page gets of a message: the engine's view, with names and addresses of files filled in. */
export const messageJson = (conversation: string, message: MessageView, nameOf: (actor: Actor) => string | null) => ({
  ...message,
  author: { ...message.author, name: nameOf(message.author) },
  hasHtml: message.parts.some((part) => part._tag === 'Html'),
  files: message.parts.flatMap((part) =>
    part._tag === 'File'
      ? [{ ...part.file, url: `/api/files/${encodeURIComponent(conversation)}/${encodeURIComponent(part.file.blob)}` }]
      : [],
  ),
})
