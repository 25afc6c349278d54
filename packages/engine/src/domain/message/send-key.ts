import type { MessageAddress } from './message.ts'

/** A piece of a message of a workspace: what one send hands over. */
export interface SentPiece extends MessageAddress {
  readonly workspace: string
  /** From 0. */
  readonly piece: number
}

/**
 * The key of a send: the same for every attempt at one piece, wherever its message has gone since it was written.
 *
 * @example
 * ```ts
 * import { sendKey } from '@guichet/engine/domain'
 *
 * console.log(sendKey({ workspace: 'acme', conversation: 'c1', seq: 4, piece: 0 }))
 * ```
 *
 * ```text
 * acme/c1/4/0
 * ```
 */
export const sendKey = ({ workspace, conversation, seq, piece }: SentPiece): string =>
  `${workspace}/${conversation}/${seq}/${piece}`

const numeral = /^(0|[1-9]\d{0,14})$/

/**
 * What a key says, where it is one; whether there is such a message it does not tell.
 *
 * @example
 * ```ts
 * import { readSendKey } from '@guichet/engine/domain'
 *
 * console.log(readSendKey('acme/c1/4/0')?.seq, readSendKey('acme/c1/4'), readSendKey('acme/c1/04/0'))
 * ```
 *
 * ```text
 * 4 undefined undefined
 * ```
 */
export const readSendKey = (key: string): SentPiece | undefined => {
  const words = key.split('/')
  const [workspace, ...rest] = words
  const [seq, piece] = rest.slice(-2)
  // A host may give conversations ids with a slash in them; a workspace has none.
  const conversation = rest.slice(0, -2).join('/')
  if (!workspace || conversation === '' || seq === undefined || piece === undefined) return undefined
  if (!numeral.test(seq) || !numeral.test(piece) || seq === '0') return undefined
  return { workspace, conversation, seq: Number(seq), piece: Number(piece) }
}
