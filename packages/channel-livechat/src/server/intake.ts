import type { InboundPart, Receipt } from '@guichet/engine/ports'
import type { ClientFrame, ServerFrame } from '../protocol/frames.ts'
import type { AccountLink } from './account-link.ts'
import { externalIdOf } from './message-body.ts'
import { answerPart } from './part-frames.ts'
import type { TokenClaims } from './tokens.ts'
import type { SharedUploads } from './shared-uploads.ts'
import type { Named, Stored, Uploads } from './uploads.ts'

type SendFrame = Extract<ClientFrame, { readonly type: 'send' }>
type Answer = Extract<ServerFrame, { readonly type: 'sent' | 'failed' }>

/** When a message was written that was stored before, if it still stands in the visitor's conversation. */
const timeOf = async (link: AccountLink, address: string, conversation: string, seq: number) => {
  const thread = await link.sink.thread(address, { after: seq - 1, limit: 1 })
  const message = thread?.conversation === conversation ? thread.messages[0] : undefined
  return message?.seq === seq ? message.sentAt : undefined
}

const storedBy = async (
  link: AccountLink,
  address: string,
  receipt: Receipt | undefined,
): Promise<Stored | undefined> => {
  switch (receipt?._tag) {
    case 'Stored':
      return { conversation: receipt.conversation, seq: receipt.seq, at: receipt.sentAt }
    case 'Duplicate': {
      const at = await timeOf(link, address, receipt.conversation, receipt.seq)
      return { conversation: receipt.conversation, seq: receipt.seq, ...(at === undefined ? {} : { at }) }
    }
    case 'Applied':
    case 'Ignored':
    case 'Rejected':
    case 'Quarantined':
    case undefined:
      return undefined
  }
}

/** Where the files of a message wait for it. */
interface Waiting {
  readonly uploads: Uploads
  readonly shared: SharedUploads | undefined
}

/** Here, or else where another process has put them. */
const filesNamed = async (
  { uploads, shared }: Waiting,
  owner: string,
  ids: ReadonlyArray<string>,
  clientId: string,
): Promise<Named> => {
  const here = uploads.named(owner, ids, clientId)
  if (here.state !== 'unknown') return here
  const files = await shared?.find(owner, ids)
  return files === undefined ? here : { state: 'ready', files }
}

/**
 * Takes a message in and says what became of it, after the commit and not before. The same client id of the same
 * visitor is one message however often it comes: the engine's storage holds the key, nothing is remembered here but
 * what an upload went into.
 */
export const takeMessage = async (
  link: AccountLink,
  waiting: Waiting,
  visitor: TokenClaims,
  ip: string,
  frame: SendFrame,
): Promise<Answer> => {
  const { clientId } = frame
  const { address } = visitor
  const owner = `${link.key}/${address}`
  type Failed = Extract<Answer, { readonly type: 'failed' }>
  const failed = (code: Failed['code'], issues?: Failed['issues']): Answer => ({
    type: 'failed',
    clientId,
    code,
    ...(issues && { issues }),
  })
  const sent = (stored: Stored): Answer => ({ type: 'sent', clientId, ...stored })

  if (frame.text.trim() === '' && frame.files.length === 0 && frame.answer === undefined) return failed('empty')
  if (frame.files.length > link.settings.files.max) return failed('too_many_files')
  if (!link.gates.messages.all({ ip, visitor: address })) return failed('rate_limited')
  const who = visitor.visitor
  try {
    const named = await filesNamed(waiting, owner, frame.files, clientId)
    if (named.state === 'unknown') return failed('unknown_upload')
    if (named.state === 'stored') return sent(named.stored)
    const parts: ReadonlyArray<InboundPart> = [
      ...(frame.text.trim() === '' ? [] : [{ _tag: 'Text' as const, text: frame.text }]),
      ...(frame.answer === undefined ? [] : [answerPart(frame.answer)]),
      ...named.files.map((file) => ({ _tag: 'File' as const, file })),
    ]
    const quoted = frame.quote === undefined ? undefined : await quotedId(link, address, frame.quote)
    const [receipt] = await link.sink.events([
      {
        _tag: 'MessageReceived',
        externalId: externalIdOf(address, clientId),
        from: { address, verified: address.startsWith('sub:'), ...who, ...(ip === '' ? {} : { ip }) },
        parts,
        ...(quoted === undefined ? {} : { quotes: quoted }),
      },
    ])
    if (receipt?._tag === 'Rejected' && receipt.issues !== undefined) return failed('invalid', receipt.issues)
    const stored = await storedBy(link, address, receipt)
    if (stored === undefined) return failed('refused')
    waiting.uploads.used(owner, frame.files, clientId, stored)
    return sent(stored)
  } catch {
    // Not stored, or not known to be: the client sends it again, and the key decides.
    return failed('unavailable')
  }
}

const quotedId = async (link: AccountLink, address: string, seq: number): Promise<string | undefined> => {
  const thread = await link.sink.thread(address, { after: seq - 1, limit: 1 })
  const message = thread?.messages[0]
  return message?.seq === seq ? (message.externalId ?? undefined) : undefined
}
