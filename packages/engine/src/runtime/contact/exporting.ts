import { decodeConversation } from '../../codec/conversation.ts'
import { decodeEntry } from '../../codec/entry.ts'
import { can } from '../../domain/access/permissions.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import { filesOf } from '../../domain/message/part.ts'
import { allWordsOf } from '../../domain/message/written-out.ts'
import type { Core } from '../core.ts'
import { readTimeline } from '../read/messages.ts'
import { type Viewer, sightOf } from '../read/viewer.ts'
import { type Acted, askedBy, notFound, refused } from './act.ts'
import { type SaidAt, exportConsent, saidIn } from './exporting-consent.ts'
import { type Whole, wholeOf } from './reading.ts'
import { seeFamily } from './sight.ts'

/** A message as it was written, for whom it was written to or by. Times are epoch milliseconds. */
interface ExportedMessage {
  readonly at: number
  readonly from: 'contact' | 'us'
  readonly name: string | null
  readonly text: string
  readonly files: ReadonlyArray<{ readonly name: string; readonly mime: string; readonly size: number }>
}

interface ExportedConversation {
  readonly id: string
  readonly account: string
  readonly channel: string
  readonly address: string
  readonly subject: string | null
  readonly status: string
  readonly createdAt: number
  readonly lastActivity: number
  readonly messages: ReadonlyArray<ExportedMessage>
}

/** What was said in a conversation, and what was said of writing to the contact. */
interface Told {
  readonly messages: ReadonlyArray<ExportedMessage>
  readonly consent: ReadonlyArray<SaidAt>
}

const toldIn = async (core: Core, workspace: string, conversation: string): Promise<Told> => {
  const setup = await core.directory.of(workspace)
  const messages: Array<ExportedMessage> = []
  const journal: Array<Entry> = []
  for (let after = 0; ; ) {
    const page = await core.storage.timeline({ workspace, conversation, after, limit: 500 })
    const last = page.entries.at(-1)
    if (last === undefined) return { messages: messages.sort((a, b) => a.at - b.at), consent: saidIn(journal) }
    after = last.seq
    journal.push(...page.entries.map(decodeEntry))
    for (const { message, parts, deleted } of readTimeline(page).messages) {
      // Notes stay in the house, and what moved stands where it went.
      if (message.direction === 'note' || deleted || message.movedTo !== undefined) continue
      const { author } = message
      messages.push({
        at: message.sentAt,
        from: message.direction === 'in' ? 'contact' : 'us',
        name: author.kind === 'agent' ? (setup.agents.get(author.id)?.name ?? null) : null,
        text: allWordsOf(parts),
        files: filesOf(parts).map(({ name, mime, size }) => ({ name, mime, size })),
      })
    }
  }
}

/** Every conversation of these contacts that the viewer sees, the oldest first. */
const conversationsOf = async (
  core: Core,
  viewer: Viewer,
  contacts: ReadonlyArray<string>,
): Promise<ReadonlyArray<ExportedConversation & Pick<Told, 'consent'>>> => {
  const { workspace } = viewer
  const visibility = sightOf(await core.directory.of(workspace), viewer)
  const found: Array<ExportedConversation & Pick<Told, 'consent'>> = []
  let after: { readonly lastActivity: number; readonly id: string } | undefined
  for (;;) {
    const query = { workspace, visibility, filter: { contacts }, reader: null, limit: 100 }
    const rows = await core.storage.list({ ...query, ...(after && { after }) })
    for (const { row } of rows) {
      const { id, account, channel, address, subject, status, createdAt, lastActivity } = decodeConversation(row)
      const told = await toldIn(core, workspace, id)
      found.push({ id, account, channel, address, subject, status, createdAt, lastActivity, ...told })
      after = { lastActivity, id }
    }
    if (rows.length < query.limit) return found.toReversed()
  }
}

/** All there is about a person, for herself: without what colleagues have said among themselves. */
export interface Exported {
  readonly contact: Whole
  readonly exportedAt: number
  readonly consent: Awaited<ReturnType<typeof exportConsent>>
  readonly conversations: ReadonlyArray<ExportedConversation>
}

/**
 * Takes together what is known of somebody and what was said. Notes, remarks and blocks are the house's own words and
 * stay; like every read it shows what this agent sees, so that it is complete for those who see everything.
 */
export const exportContact = async (core: Core, viewer: Viewer, id: string): Promise<Acted<Exported>> => {
  const asked = await askedBy(core, viewer)
  if (asked._tag === 'Refused') return asked
  const seen = await seeFamily(core, viewer, id)
  if (seen === undefined) return notFound
  if (!can(asked.value.agent, 'eraseContacts')) return refused({ _tag: 'Forbidden', action: 'eraseContacts' })
  const whole = await wholeOf(core, viewer, seen)
  const conversations = await conversationsOf(core, viewer, [...seen.family.members.keys()])
  const said = conversations.flatMap(({ consent }) => consent)
  return {
    _tag: 'Done',
    value: {
      contact: { ...whole, remarks: [], blocks: [] },
      exportedAt: core.clock.now(),
      consent: await exportConsent(core, viewer.workspace, whole.identities, said),
      conversations: conversations.map(({ consent: _, ...conversation }) => conversation),
    },
  }
}
