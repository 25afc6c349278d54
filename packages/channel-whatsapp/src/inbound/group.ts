import { idAt } from '@guichet/channel-kit'
import { plainOf } from '@guichet/engine/domain'
import type { InboundPart, Sender } from '@guichet/engine/ports'
import { unsupported } from './sensible.ts'

/** The group that something was written in; undefined when it was written to us alone. */
export const groupOf = (message: unknown): string | undefined => idAt(message, 'group_id')

export const groupPrefix = 'group:'

/**
 * A group is an address of its own, and its conversation one of its own: what many say among themselves is never in that
 * of one of them, and opens no time in which that one may be answered.
 */
export const fromGroup = (group: string): Sender => ({ address: `${groupPrefix}${group}` })

const saidIn = (part: InboundPart): string => {
  switch (part._tag) {
    case 'Text':
      return part.text
    case 'Html':
      return ''
    case 'File':
    case 'RemoteFile':
      return part.file.name
    default:
      return plainOf(part)
  }
}

/** Groups are not answered from here. What is written there is kept as what it is, with who wrote it. */
export const inGroup = (writer: string | undefined, parts: ReadonlyArray<InboundPart>): ReadonlyArray<InboundPart> => {
  const words = parts.map(saidIn).filter((one) => one !== '')
  return [unsupported('group', [writer, words.join('\n')].filter((one) => one !== undefined).join(': '))]
}
