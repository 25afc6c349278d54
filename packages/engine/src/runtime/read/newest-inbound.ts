import { decodeEntry } from '../../codec/entry.ts'
import { type Message, byTime } from '../../domain/message/message.ts'
import type { Core } from '../core.ts'
import { messageOf } from '../target.ts'

/** Where messages were moved about, so many are looked at for the newest: what was moved here may be older than what it found. */
const looksAt = 50

/** The newest customer message before a seq, by when it was written: what is answered there. */
export const newestInbound = async (
  core: Core,
  workspace: string,
  conversation: string,
  before: number,
): Promise<Message | undefined> => {
  const read = async (limit: number) => {
    const page = await core.storage.timeline({ workspace, conversation, kinds: ['in'], before, limit })
    return page.entries.map(decodeEntry)
  }
  const [last] = await read(1)
  const moved = last?.what._tag === 'MessageMovedIn' || (last && messageOf(last)?.movedTo) !== undefined
  const said = (moved ? await read(looksAt) : last === undefined ? [] : [last]).flatMap((entry) => {
    const one = messageOf(entry)
    return one === undefined || one.movedTo !== undefined ? [] : [{ ...one, seq: entry.seq }]
  })
  return said.sort(byTime).at(-1)
}
