import { may } from '../domain/access/policy.ts'
import { filesOf } from '../domain/message/part.ts'
import { feed } from '../runtime/feed.ts'
import type { Running } from '../runtime/engine.ts'
import { connectedOf } from '../runtime/accounts.ts'
import { withKin } from '../runtime/read/list.ts'
import { markAs } from '../runtime/read/mark.ts'
import { readTimeline } from '../runtime/read/messages.ts'
import { draftAt } from '../runtime/read/unread.ts'
import { type Viewer, seeConversation, sightOf } from '../runtime/read/viewer.ts'
import { tellTyping } from '../runtime/signals/typing.ts'
import { bulkFor } from './bulk.ts'
import { commandsFor } from './commands.ts'
import { contactsFor } from './contacts.ts'
import { filterOf } from './filters.ts'
import { movingFor } from './moving.ts'
import { pageSize } from './paging.ts'
import { counterFor } from './presence.ts'
import { readingFor, reportingFor } from './reading.ts'
import { abortable, asEngineError, given, invalid, wholeOf } from './refusing.ts'
import { savedViewsFor } from './saved-views.ts'
import { schedulingFor } from './scheduling.ts'
import { type SlashCommands, slashCommands, slashFor } from './slash.ts'
import { startingFor } from './starting.ts'
import { tagsFor } from './tags.ts'
import { templatesFor } from './templates.ts'
import type { AgentSession, CallOptions, Conversations, Outcome } from './types.ts'
import { messageView } from './views.ts'
import { translationOf } from '../runtime/translation/awaited.ts'
import { watchingFor } from './watching.ts'

const isMode = (mode: unknown): boolean => mode === 'reply' || mode === 'note'

const notFound: Outcome<never> = { ok: false, refusal: { _tag: 'NotFound' } }
const reading = (
  running: Running,
  viewer: Viewer,
): Omit<
  Conversations,
  | keyof ReturnType<typeof readingFor>
  | keyof ReturnType<typeof commandsFor>
  | keyof ReturnType<typeof schedulingFor>
  | keyof ReturnType<typeof startingFor>
  | keyof ReturnType<typeof movingFor>
  | keyof ReturnType<typeof bulkFor>
  | 'look'
  | 'watchers'
> => {
  const { core, closing } = running
  const { workspace, agent } = viewer
  const ask = <A>(options: CallOptions | undefined, asking: () => Promise<A>): Promise<A> =>
    abortable(options?.signal, asEngineError(closing, asking))

  const seeing = <A>(
    id: string,
    options: CallOptions | undefined,
    then: (state: NonNullable<Awaited<ReturnType<typeof seeConversation>>>) => Promise<Outcome<A>>,
  ): Promise<Outcome<A>> =>
    ask(options, async () => {
      const state = await seeConversation(core, viewer, id)
      return state === undefined ? notFound : then(state)
    })

  const mark = (id: string, unread: number): Promise<Outcome<void>> =>
    seeing(id, undefined, async (state) => {
      await markAs(core, viewer, state, unread)
      return { ok: true, value: undefined }
    })

  return {
    timeline: (id, asked) => {
      const options = given(asked)
      return seeing(id, options, async (state) => {
        const limit = pageSize(options.limit ?? 100)
        const [before, after] = [wholeOf(options.before), wholeOf(options.after)]
        const timeline = await core.storage.timeline({
          workspace,
          conversation: state.id,
          limit,
          ...(before === undefined ? {} : { before }),
          ...(after === undefined ? {} : { after }),
        })
        const { entries, messages } = readTimeline(timeline)
        const first = entries[0]
        return {
          ok: true,
          value: {
            entries,
            messages: messages.map((message) => messageView(message, translationOf(core, state))),
            before: first === undefined || first.seq <= 1 ? null : first.seq,
          },
        }
      })
    },
    file: (id, blob, options) =>
      seeing(id, options, async (state) => {
        for (let before = state.seq + 1; ; ) {
          const page = await core.storage.timeline({
            workspace,
            conversation: state.id,
            kinds: ['in', 'out', 'note'],
            before,
            limit: 200,
          })
          const first = page.entries[0]
          if (first === undefined) return notFound
          const file = readTimeline(page)
            .messages.flatMap(({ parts }) => filesOf(parts))
            .find((one) => one.blob === blob)
          if (file !== undefined) {
            const bytes = await core.blobs.get(workspace, blob)
            return bytes === undefined ? notFound : { ok: true, value: { file, bytes } }
          }
          before = first.seq
        }
      }),
    draft: (id, mode = 'reply') =>
      // One's own words can be read again even when the conversation has gone out of sight.
      ask(undefined, async () => ({
        ok: true,
        value: isMode(mode) ? ((await draftAt(core, viewer, id, mode)) ?? null) : null,
      })),
    saveDraft: (id, text, mode = 'reply') =>
      seeing(id, undefined, async (state) => {
        if (typeof text !== 'string') return invalid('draft', 'text: what was typed so far')
        if (!isMode(mode)) return invalid('draft', 'mode: reply or note')
        const draft = { conversation: state.id, agent, mode, data: text === '' ? null : text, at: core.clock.now() }
        const { value } = await core.committer.submit<Outcome<void>>({
          workspace,
          needs: { conversations: [{ workspace, id: state.id }] },
          decide: (view) =>
            view.conversation(workspace, state.id)?.deleted === false
              ? { _tag: 'Decided', value: { ok: true, value: undefined }, changes: { workspace, drafts: [draft] } }
              : { _tag: 'Decided', value: notFound, changes: { workspace } },
        })
        return value
      }),
    typing: (id, typing) =>
      ask(undefined, async () => {
        const on = typing === true
        const state = await seeConversation(core, viewer, id)
        if (state === undefined) return
        core.watchers.write(workspace, state.id, agent, on)
        core.bus.emit('typing', { workspace, conversation: state.id, by: { kind: 'agent', id: agent }, on })
        const setup = await core.directory.of(workspace)
        if (may({ kind: 'agent', id: agent }, 'reply', state, setup) === null) {
          tellTyping(core, workspace, state, 'agent', on)
        }
        const account = setup.accounts.get(state.account)
        const name = setup.agents.get(agent)?.name ?? agent
        if (account !== undefined && connectedOf(core, workspace, account)?.channel.capabilities.typing === true) {
          core.bus.emit('agentTyping', { workspace, account: account.id, address: state.address, name, on })
        }
      }),
    markRead: (id) => mark(id, 0),
    markUnread: (id) => mark(id, 1),
    markAllRead: (asked) => {
      const options = given(asked)
      return ask(options, async () => {
        const setup = await core.directory.of(workspace)
        const filter = await withKin(core, workspace, filterOf(options, agent, setup))
        await core.storage.markRead({ workspace, agent, visibility: sightOf(setup, viewer), filter })
      })
    },
  }
}

/** Acting for somebody in a workspace. */
export const sessionFor = (
  running: Running,
  workspace: string,
  agent: string,
  slash: SlashCommands = slashCommands(),
): AgentSession => {
  const { core, closing } = running
  const viewer: Viewer = { workspace, agent }
  const { look, watchers, onWatching } = watchingFor(running, viewer)
  return {
    agent,
    ...counterFor(running, viewer),
    ...reportingFor(running, viewer),
    conversations: {
      ...reading(running, viewer),
      ...readingFor(running, viewer),
      ...commandsFor(running, viewer),
      ...schedulingFor(running, viewer),
      ...startingFor(running, viewer),
      ...movingFor(running, viewer),
      ...bulkFor(running, viewer),
      look,
      watchers,
    },
    tags: tagsFor(running, viewer),
    views: savedViewsFor(running, viewer),
    onWatching,
    templates: templatesFor(running, viewer),
    slash: slashFor(running, viewer, slash, () => sessionFor(running, workspace, agent, slash)),
    ...contactsFor(running, viewer),
    feed: (options = {}) => feed(core, closing, { workspace, agent, since: options.since, signal: options.signal }),
    onTyping: (listener) => {
      // One after the other: who began and stopped is not told to have stopped and begun.
      let told: Promise<unknown> = Promise.resolve()
      return core.bus.on('typing', ({ workspace: where, conversation, by, on }) => {
        if (where !== workspace || (by.kind === 'agent' && by.id === agent)) return
        told = told
          .then(() => seeConversation(core, viewer, conversation))
          .then((state) => state && listener({ conversation, by, on }))
          // Who types while the engine closes has broken nothing.
          .catch((error: unknown) => (closing.aborted ? undefined : core.report('typing', error)))
      })
    },
  }
}
