import { decodeConversation } from '../codec/conversation.ts'
import type { Actor } from '../domain/actor.ts'
import type { Command } from '../domain/conversation/command.ts'
import { internal } from '../domain/conversation/chat.ts'
import { decide } from '../domain/conversation/decide.ts'
import type { Entry } from '../domain/conversation/entry.ts'
import type { AccountFacts } from '../domain/conversation/facts.ts'
import type { Refusal } from '../domain/conversation/refusal.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import { defaultInboundPolicy } from '../domain/account.ts'
import type { Decided } from './committer.ts'
import { quoteDocument } from './contact/quotes.ts'
import type { Core } from './core.ts'
import { type Executed, commandKeys, firstAnswer } from './execute.ts'
import { factsFor } from './facts.ts'
import { record } from './record.ts'
import { noNeeds } from './view.ts'

/** Somebody begins a conversation among colleagues. */
export interface Discussing {
  readonly workspace: string
  readonly agent: string
  readonly command: Extract<Command, { readonly _tag: 'Discuss' }>
  /** The conversation whose words it begins with. */
  readonly about?: string
  readonly idempotencyKey?: string
}

type Answer =
  | { readonly _tag: 'Done'; readonly conversation: Conversation; readonly entry: Entry }
  | { readonly _tag: 'Repeated'; readonly conversation: string; readonly seq: number }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

/** It is there in every workspace. */
const account: AccountFacts = {
  id: internal,
  channel: internal,
  queue: internal,
  bots: false,
  policy: defaultInboundPolicy,
}

const keyOf = ({ agent, idempotencyKey }: Discussing): string | undefined =>
  idempotencyKey === undefined ? undefined : JSON.stringify(['agent', agent, 'discuss', idempotencyKey])

/** Who writes has read what she wrote; everybody else has it unread. */
export const readByAuthor = async (
  core: Core,
  workspace: string,
  agent: string,
  { id, channel }: Conversation,
  { what }: Entry,
): Promise<void> => {
  if (channel !== internal || what._tag !== 'NoteAdded') return
  const visibility = { _tag: 'All' } as const
  await core.storage.markRead({ workspace, agent, visibility, filter: {}, conversation: id, unread: 0 })
}

/** Begins a conversation among colleagues. Nothing of it ever leaves. */
export const discuss = async (core: Core, discussing: Discussing): Promise<Executed> => {
  const { workspace, agent, command } = discussing
  const setup = await core.directory.of(workspace)
  const actor: Actor = { kind: 'agent', id: agent }
  const key = keyOf(discussing)
  const { value, position } = await core.committer.submit<Answer>({
    workspace,
    needs: key === undefined ? {} : { externals: [{ workspace, account: commandKeys, externalId: key }] },
    decide: (view): Decided<Answer> => {
      const repeated = key === undefined ? undefined : view.external(workspace, commandKeys, key)
      if (repeated !== undefined) {
        const answer = { _tag: 'Repeated', conversation: repeated.conversation, seq: repeated.seq } as const
        return { _tag: 'Decided', value: answer, changes: { workspace } }
      }
      const start = { conversation: core.ids.next(), contact: '', address: '', follows: null }
      const decision = decide(undefined, command, factsFor(core, setup, account, actor, { start }))
      const [entry] = decision._tag === 'Accepted' ? decision.entries : []
      if (decision._tag === 'Refused' || entry === undefined) {
        const refusal: Refusal = decision._tag === 'Refused' ? decision.refusal : { _tag: 'NothingToDo' }
        return { _tag: 'Decided', value: { _tag: 'Refused', refusal }, changes: { workspace } }
      }
      const { after, changes } = record(core, workspace, undefined, [entry])
      const at = core.clock.now()
      const keys =
        key === undefined ? [] : [{ account: commandKeys, externalId: key, conversation: after.id, seq: 1, at }]
      return {
        _tag: 'Decided',
        value: { _tag: 'Done', conversation: after, entry },
        changes: {
          ...changes,
          ...(keys.length === 0 ? {} : { externals: keys }),
          ...(discussing.about === undefined ? {} : { documents: [quoteDocument(after.id, discussing.about)] }),
        },
      }
    },
  })
  if (value._tag === 'Refused') return value
  if (value._tag === 'Done') {
    await readByAuthor(core, workspace, agent, value.conversation, value.entry)
    return { ...value, position }
  }
  const { conversation, seq } = value
  const loaded = await core.storage.load({ ...noNeeds, conversations: [{ workspace, id: conversation }] })
  const row = loaded.conversations[0]
  if (row === undefined) return { _tag: 'Refused', refusal: { _tag: 'NotFound' } }
  const first = await firstAnswer(core, { workspace, conversation }, { seq, conversation: decodeConversation(row) })
  return { _tag: 'Done', ...first, position }
}
