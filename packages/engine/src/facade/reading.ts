import { decodeConversation } from '../codec/conversation.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import type { Running } from '../runtime/engine.ts'
import { canSendIn } from '../runtime/read/can-send.ts'
import { counts, list, withKin } from '../runtime/read/list.ts'
import { searchContacts } from '../runtime/read/search-contacts.ts'
import { searchTags } from '../runtime/read/search-tags.ts'
import { searchMessages } from '../runtime/read/search.ts'
import { type Viewer, contactsOf, seeConversation, sightOf } from '../runtime/read/viewer.ts'
import { report } from '../runtime/report/report.ts'
import { transcribe } from '../runtime/transcript/transcript.ts'
import { filterOf } from './filters.ts'
import { cursor, cursorOf, pageSize } from './paging.ts'
import { abortable, asEngineError, given, wholeOf } from './refusing.ts'
import { snippetOf } from './snippet.ts'
import type { AgentSession, CallOptions, Conversations, Outcome } from './types.ts'
import { summaryOf } from './views.ts'

type Asking = <A>(options: CallOptions | undefined, asking: () => Promise<A>) => Promise<A>

const notFound: Outcome<never> = { ok: false, refusal: { _tag: 'NotFound' } }

/** Reads over many conversations, and of one as a whole. What is hidden from this viewer is in none of them. */
export const readingFor = (
  { core, closing }: Running,
  viewer: Viewer,
): Pick<Conversations, 'list' | 'counts' | 'get' | 'search' | 'transcript' | 'canSend'> => {
  const { workspace, agent } = viewer
  const ask: Asking = (options, asking) => abortable(options?.signal, asEngineError(closing, asking))

  /** A conversation that stands where another one went is answered for it. */
  const seeing = <A>(
    id: string,
    options: CallOptions | undefined,
    then: (state: Conversation) => Promise<Outcome<A>>,
  ): Promise<Outcome<A>> =>
    ask(options, async () => {
      const state = await seeConversation(core, viewer, id)
      return state === undefined ? notFound : then(state)
    })

  return {
    list: (asked) => {
      const options = given(asked)
      return ask(options, async () => {
        const setup = await core.directory.of(workspace)
        const after = cursor(options.after)
        const filter = filterOf(options, agent, setup)
        const request = { filter, limit: pageSize(options.limit), ...(after && { after }) }
        const [page, tabs] = await Promise.all([list(core, viewer, request), counts(core, viewer)])
        return {
          items: page.items.map(({ state, contact, unread }) => summaryOf(state, contact, unread)),
          next: cursorOf(page.next),
          counts: tabs,
        }
      })
    },
    counts: (options) => ask(options, () => counts(core, viewer)),
    get: (id, options) =>
      seeing(id, options, async (seen) => {
        const setup = await core.directory.of(workspace)
        const [row] = await core.storage.list({
          workspace,
          visibility: sightOf(setup, viewer),
          filter: { ids: [seen.id] },
          reader: agent,
          limit: 1,
        })
        // It has gone out of sight since it was looked at.
        if (row === undefined) return notFound
        const state = decodeConversation(row.row)
        const contacts = await contactsOf(core, workspace, [state.contact])
        return { ok: true, value: { ...summaryOf(state, contacts.get(state.contact), row.unread), state } }
      }),
    search: (sought, asked) => {
      const options = given(asked)
      // What is no word is found nowhere.
      const words = typeof sought === 'string' ? sought : ''
      return ask(options, async () => {
        const setup = await core.directory.of(workspace)
        const filter = await withKin(core, workspace, filterOf(options, agent, setup))
        const before = wholeOf(options.before)
        const request = { words, filter, limit: pageSize(options.limit), before }
        // Further pages are pages of messages.
        const first = before === undefined
        const [messages, contacts, tagged] = await Promise.all([
          searchMessages(core, viewer, request),
          first ? searchContacts(core, viewer, request) : [],
          first ? searchTags(core, viewer, request) : [],
        ])
        return {
          messages: messages.map(({ state, contact, entry, body, position }) => ({
            conversation: summaryOf(state, contact, 0),
            seq: entry.seq,
            snippet: snippetOf(body, words),
            position,
          })),
          contacts,
          tagged: tagged.map(({ state, contact, unread }) => summaryOf(state, contact, unread)),
        }
      })
    },
    canSend: (id, options) =>
      seeing(id, options, async (state) => ({ ok: true, value: await canSendIn(core, workspace, state) })),
    transcript: (id, options) =>
      seeing(id, options, async (state) => {
        const done = await transcribe(core, workspace, state, given(options))
        return 'refusal' in done ? { ok: false, refusal: done.refusal } : { ok: true, value: done.written }
      }),
  }
}

/** Figures over what this viewer may see. */
export const reportingFor = ({ core, closing }: Running, viewer: Viewer): Pick<AgentSession, 'report'> => ({
  report: (options) =>
    abortable(
      options?.signal,
      asEngineError(closing, async () => {
        const done = await report(core, viewer, given(options))
        return 'refusal' in done ? { ok: false, refusal: done.refusal } : { ok: true, value: done.report }
      }),
    ),
})
