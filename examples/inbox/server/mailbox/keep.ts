import { type Mail, parseMail } from './mail.ts'
import type { MailStore } from './store.ts'

/** Puts a mail into the mailboxes that it belongs in. */
export const keep = async (
  store: MailStore,
  raw: Uint8Array,
  boxes: ReadonlyArray<string>,
  direction: Mail['direction'],
): Promise<ReadonlyArray<Mail>> => {
  const parsed = await parseMail(raw, Date.now())
  return boxes.map((box) => store.add({ ...parsed, box: box.toLowerCase(), direction }, raw))
}
