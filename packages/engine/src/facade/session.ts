import { filesOf } from '../domain/message/part.ts'
import type { Filter } from '../ports/storage.ts'
import { feed } from '../runtime/feed.ts'
import type { Running } from '../runtime/engine.ts'
import { connectedOf } from '../runtime/accounts.ts'
import { counts, list, tabFilter } from '../runtime/read/list.ts'
import { readTimeline } from '../runtime/read/messages.ts'
import { search } from '../runtime/read/search.ts'
import { type Viewer, contactsOf, seeConversation, sightOf } from '../runtime/read/viewer.ts'
import { commandsFor } from './commands.ts'
import { abortable, asEngineError } from './refusing.ts'
import type { AgentSession, CallOptions, Conversations, ListOptions, Outcome } from './types.ts'
import { messageView, summaryOf } from './views.ts'

const notFound: Outcome<never> = { ok: false, refusal: { _tag: 'NotFound' } }
const defaultPage = 25
const largestPage = 200

/** Hosts pass on what stood in a query: what is no number asks for nothing in particular. */
const pageSize = (limit: number | undefined): number =>
  limit === undefined || Number.isNaN(limit) ? defaultPage : Math.max(1, Math.min(Math.trunc(limit), largestPage))

const filterOf = (options: Omit<ListOptions, 'after' | 'limit'>, agent: string): Filter => {
  const { channel, account, queue, owner, contact, tag, flag, lastBy, from, to } = options
  const given = { channel, account, queue, owner, contact, tag, flag, lastBy, from, to }
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return {
    ...present,
    ...tabFilter(options.tab ?? 'all', agent),
    ...(options.unread === true ? { unreadBy: agent } : {}),
  }
}

/** A page's end as text; anything that is not one of ours starts from the beginning. */
const cursor = (after: string | undefined): { readonly lastActivity: number; readonly id: string } | undefined => {
  const match = after === undefined ? null : /^(\d+):(.+)$/.exec(after)
  return match === null ? undefined : { lastActivity: Number(match[1]), id: match[2] ?? '' }
}

/** Around the first word that was looked for, in characters. */
const snippetLength = 120

const snippetOf = (body: string, words: string): string => {
  const at = body.toLocaleLowerCase().indexOf((words.trim().split(/\s+/)[0] ?? '').toLocaleLowerCase())
  const from = Math.max(0, at - snippetLength / 3)
  return body
    .slice(from, from + snippetLength)
    .replace(/\s+/g, ' ')
    .trim()
}

const reading = (running: Running, viewer: Viewer): Omit<Conversations, keyof ReturnType<typeof commandsFor>> => {
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
    seeing(id, undefined, async () => {
      const setup = await core.directory.of(workspace)
      const visibility = sightOf(setup, viewer)
      await core.storage.markRead({ workspace, agent, visibility, filter: {}, conversation: id, unread })
      return { ok: true, value: undefined }
    })

  return {
    list: (options = {}) =>
      ask(options, async () => {
        const after = cursor(options.after)
        const request = { filter: filterOf(options, agent), limit: pageSize(options.limit), ...(after && { after }) }
        const [page, tabs] = await Promise.all([list(core, viewer, request), counts(core, viewer)])
        return {
          items: page.items.map(({ state, contact, unread }) => summaryOf(state, contact, unread)),
          next: page.next === undefined ? null : `${page.next.lastActivity}:${page.next.id}`,
          counts: tabs,
        }
      }),
    counts: (options) => ask(options, () => counts(core, viewer)),
    get: (id, options) =>
      seeing(id, options, async (state) => {
        const [contacts, page] = await Promise.all([
          contactsOf(core, workspace, [state.contact]),
          core.storage.list({
            workspace,
            visibility: { _tag: 'All' },
            filter: { contact: state.contact, from: state.lastActivity, to: state.lastActivity },
            reader: agent,
            limit: largestPage,
          }),
        ])
        const unread = page.find(({ row }) => row.id === id)?.unread ?? 0
        return { ok: true, value: { ...summaryOf(state, contacts.get(state.contact), unread), state } }
      }),
    timeline: (id, options = {}) =>
      seeing(id, options, async () => {
        const limit = pageSize(options.limit ?? 100)
        const { before, after } = options
        const timeline = await core.storage.timeline({
          workspace,
          conversation: id,
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
            messages: messages.map(messageView),
            before: first === undefined || first.seq <= 1 ? null : first.seq,
          },
        }
      }),
    search: (words, options = {}) =>
      ask(options, async () => {
        const hits = await search(core, viewer, words, { limit: pageSize(options.limit), before: options.before })
        return hits.map(({ state, contact, entry, body, position }) => ({
          conversation: summaryOf(state, contact, 0),
          seq: entry.seq,
          snippet: snippetOf(body, words),
          position,
        }))
      }),
    file: (id, blob, options) =>
      seeing(id, options, async (state) => {
        for (let before = state.seq + 1; ; ) {
          const page = await core.storage.timeline({
            workspace,
            conversation: id,
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
        value: (await core.storage.draft(workspace, id, agent, mode)) ?? null,
      })),
    saveDraft: (id, text, mode = 'reply') =>
      seeing(id, undefined, async () => {
        const draft = { conversation: id, agent, mode, data: text === '' ? null : text, at: core.clock.now() }
        const { value } = await core.committer.submit<Outcome<void>>({
          needs: { conversations: [{ workspace, id }] },
          decide: (view) =>
            view.conversation(workspace, id)?.deleted === false
              ? { _tag: 'Decided', value: { ok: true, value: undefined }, changes: { workspace, drafts: [draft] } }
              : { _tag: 'Decided', value: notFound, changes: { workspace } },
        })
        return value
      }),
    typing: (id, on) =>
      ask(undefined, async () => {
        const state = await seeConversation(core, viewer, id)
        if (state === undefined) return
        core.bus.emit('typing', { workspace, conversation: id, by: { kind: 'agent', id: agent }, on })
        const setup = await core.directory.of(workspace)
        const account = setup.accounts.get(state.account)
        const name = setup.agents.get(agent)?.name ?? agent
        if (account !== undefined && connectedOf(core, workspace, account)?.channel.capabilities.typing === true) {
          core.bus.emit('agentTyping', { workspace, account: account.id, address: state.address, name, on })
        }
      }),
    markRead: (id) => mark(id, 0),
    markUnread: (id) => mark(id, 1),
    markAllRead: (options = {}) =>
      ask(options, async () => {
        const setup = await core.directory.of(workspace)
        const filter = filterOf(options, agent)
        await core.storage.markRead({ workspace, agent, visibility: sightOf(setup, viewer), filter })
      }),
  }
}

/** Acting for somebody in a workspace. */
export const sessionFor = (running: Running, workspace: string, agent: string): AgentSession => {
  const { core, closing } = running
  const viewer: Viewer = { workspace, agent }
  return {
    agent,
    conversations: { ...reading(running, viewer), ...commandsFor(running, viewer) },
    contacts: {
      get: (id, options) =>
        abortable(
          options?.signal,
          asEngineError(closing, async () => {
            const setup = await core.directory.of(workspace)
            const seen = await core.storage.list({
              workspace,
              visibility: sightOf(setup, viewer),
              filter: { contact: id },
              reader: null,
              limit: 1,
            })
            const contact = seen.length === 0 ? undefined : (await contactsOf(core, workspace, [id])).get(id)
            return contact === undefined ? notFound : { ok: true, value: contact }
          }),
        ),
    },
    feed: (options = {}) => feed(core, closing, { workspace, agent, since: options.since, signal: options.signal }),
    onTyping: (listener) =>
      core.bus.on('typing', ({ workspace: where, conversation, by, on }) => {
        if (where !== workspace || (by.kind === 'agent' && by.id === agent)) return
        seeConversation(core, viewer, conversation)
          .then((state) => state && listener({ conversation, by, on }))
          .catch((error: unknown) => core.report('typing', error))
      }),
  }
}
