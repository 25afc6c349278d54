import { decodeEntry } from '../../codec/entry.ts'
import { system } from '../../domain/actor.ts'
import type { MessageAddress } from '../../domain/message/message.ts'
import type { StoredDocument } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'
import { messageOf } from '../target.ts'
import { write } from '../write.ts'

/** Which conversations among colleagues begin with somebody's words, by the conversation that those were said in. */
const kind = 'quote'
const pageSize = 200

/** That a conversation quotes another one; stored in the commit that begins it. */
export const quoteDocument = (conversation: string, about: string): StoredDocument => ({
  kind,
  id: conversation,
  version: 1,
  parent: about,
  words: '',
  data: '{}',
})

/** Where a message is now, however often it was moved. */
const whereNow = async (core: Core, workspace: string, address: MessageAddress): Promise<MessageAddress> => {
  const { conversation, seq } = address
  const page = await core.storage.timeline({ workspace, conversation, after: seq - 1, limit: 1 })
  const stored = page.entries[0]
  const movedTo = stored?.seq === seq ? messageOf(decodeEntry(stored))?.movedTo : undefined
  return movedTo === undefined ? address : whereNow(core, workspace, movedTo)
}

/** Takes back everything that colleagues have quoted of a conversation. Whoever dies on the way has it done again. */
export const eraseQuotes = async (core: Core, workspace: string, about: string): Promise<void> => {
  for (;;) {
    const quotes = await core.storage.documents({ workspace, kind, parent: about, limit: pageSize })
    for (const quote of quotes) {
      // What begins a conversation is its first message.
      const { conversation, seq: message } = await whereNow(core, workspace, { conversation: quote.id, seq: 1 })
      await execute(core, { workspace, conversation, actor: system, command: { _tag: 'DeleteMessage', message } })
      await write(core, workspace, () => ({ documents: [{ ...quote, version: quote.version + 1, data: null }] }))
    }
    if (quotes.length < pageSize) return
  }
}
