import { decodeConversation, encodeConversation } from './conversation-code.ts'
import { holds, seal, type Signer } from './seal.ts'

const purpose = 'message'

/**
 * The Message-ID of one of our messages, without angle brackets: `<conversation>.<seq>.<seal>@<domain>`. The same for
 * every attempt at sending it, so that receivers drop the double; sealed, so that an answer to it is recognised even
 * when the store that knew it is lost.
 */
export const messageId = (signer: Signer, domain: string, conversation: string, seq: number): string => {
  const subject = `${encodeConversation(conversation)}.${seq}`
  return `${subject}.${seal(signer, purpose, subject)}@${domain}`
}

/** What one of our Message-IDs stands for; undefined for those that this account has not sealed. */
export const openMessageId = (
  signer: Signer,
  id: string,
): { readonly conversation: string; readonly seq: number } | undefined => {
  const at = id.lastIndexOf('@')
  const [code = '', seq = '', given = '', ...rest] = (at < 0 ? id : id.slice(0, at)).split('.', 5)
  if (rest.length > 0 || !/^[1-9][0-9]{0,14}$|^0$/.test(seq)) return undefined
  const conversation = decodeConversation(code)
  return conversation !== undefined && holds(signer, purpose, `${code}.${seq}`, given)
    ? { conversation, seq: Number(seq) }
    : undefined
}

/** RFC 5322 2.1.1: no line is longer, so no id is. */
const maxIdLength = 900
const maxIds = 200

/**
 * The ids in a header such as References, in their order and without their angle brackets. What stands between them
 * is ignored; a header without any brackets is taken as ids apart by white space. A scan, no regular expression: the
 * header is as long as its sender wants.
 */
export const idsIn = (text: string): ReadonlyArray<string> => {
  const ids: Array<string> = []
  const add = (id: string) => {
    if (id !== '' && id.length <= maxIdLength && !/\s/.test(id) && !ids.includes(id) && ids.length < maxIds)
      ids.push(id)
  }
  if (!text.includes('<')) {
    for (const word of text.trim().split(/\s+/, maxIds)) if (word.includes('@')) add(word)
    return ids
  }
  let open = text.indexOf('<')
  while (open >= 0 && ids.length < maxIds) {
    const close = text.indexOf('>', open)
    if (close < 0) break
    // `<a <b@c>`: the innermost one is the id.
    add(text.slice(text.lastIndexOf('<', close) + 1, close).trim())
    open = text.indexOf('<', close)
  }
  return ids
}

/** The id of a Message-ID header; '' when there is none. */
export const firstIdIn = (text: string): string => {
  const [first] = idsIn(text)
  if (first !== undefined) return first
  const bare = text.trim()
  return bare.length <= maxIdLength && !/[\s<>]/.test(bare) ? bare : ''
}
