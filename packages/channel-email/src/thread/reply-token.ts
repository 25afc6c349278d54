import { splitAddress } from '../address/address.ts'
import { decodeConversation, encodeConversation } from './conversation-code.ts'
import { holds, seal, sealLength, type Signer } from './seal.ts'

const purpose = 'reply'
/** RFC 5321 4.5.3.1.1: what a server must accept as a local part, in characters. */
const maxLocal = 64

/** The token of a conversation: its id and a seal over it, 52 characters for a UUID. */
export const replyToken = (signer: Signer, conversation: string): string =>
  encodeConversation(conversation) + seal(signer, purpose, conversation)

/** The conversation that a token stands for; undefined for everything that this account has not signed. */
export const openReplyToken = (signer: Signer, token: string): string | undefined => {
  const text = token.toLowerCase()
  if (text.length <= sealLength) return undefined
  const conversation = decodeConversation(text.slice(0, -sealLength))
  return conversation !== undefined && holds(signer, purpose, conversation, text.slice(-sealLength))
    ? conversation
    : undefined
}

/**
 * The address that leads an answer back: `support+<token>@…`. The first of the mailbox's addresses whose local part
 * leaves room for it; undefined when none does (more than 11 characters), and the Message-ID alone leads back.
 */
export const replyAddress = (own: ReadonlyArray<string>, signer: Signer, conversation: string): string | undefined => {
  const token = replyToken(signer, conversation)
  for (const address of own) {
    const { local, detail, domain } = splitAddress(address)
    if (detail === undefined && local.length + 1 + token.length <= maxLocal) return `${local}+${token}@${domain}`
  }
  return undefined
}

// Bounded, with a fixed first character and nothing to go back to: linear in the length of the header.
const candidate = /\+([a-z2-7]{28,63})@/gi
const maxCandidates = 32

/** The conversations whose tokens stand in a header, whatever it is made of. Forged ones are not there. */
export const tokensIn = (signer: Signer, text: string): ReadonlyArray<string> => {
  const found = new Set<string>()
  let looked = 0
  for (const match of text.matchAll(candidate)) {
    // A header may hold thousands of forgeries; each costs an HMAC.
    if (looked++ === maxCandidates) break
    const conversation = openReplyToken(signer, match[1] ?? '')
    if (conversation !== undefined) found.add(conversation)
  }
  return [...found]
}
