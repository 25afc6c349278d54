import { decodeEntry } from '../../codec/entry.ts'
import { can } from '../../domain/access/permissions.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import { measure } from '../../domain/report/measure.ts'
import type { Report, ReportBy } from '../../domain/report/report.ts'
import { type ReportRequest, count, emptyTally, reportFrom } from '../../domain/report/tally.ts'
import { elapsedIn } from '../business.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { type Viewer, sightOf } from '../read/viewer.ts'
import { touchedSince } from './touched.ts'

export interface ReportOptions {
  readonly from: number
  readonly to: number
  readonly by: ReportBy
  readonly queue?: string | undefined
  readonly channel?: string | undefined
  readonly tag?: string | undefined
}

/** Conversations at a time: read together, counted, and let go. */
const atOnce = 100
const pageSize = 500

const groups: ReadonlyArray<ReportBy> = ['tag', 'department', 'queue', 'agent', 'channel', 'day']

const issuesOf = ({ from, to, by }: ReportOptions): ReadonlyArray<string> => [
  ...(Number.isFinite(from) && Number.isFinite(to) && from < to
    ? []
    : ['from, to: epoch milliseconds, from before to']),
  ...(groups.includes(by) ? [] : [`by: one of ${groups.join(', ')}`]),
]

const requestOf = (setup: Setup, { from, to, by, queue, channel, tag }: ReportOptions): ReportRequest => ({
  from,
  to,
  by,
  ...(queue === undefined ? {} : { queue }),
  ...(channel === undefined ? {} : { channel }),
  ...(tag === undefined ? {} : { tag }),
  departmentOf: (id) => setup.queues.get(id)?.department,
})

const journalOf = async (core: Core, workspace: string, conversation: string): Promise<ReadonlyArray<Entry>> => {
  const entries: Array<Entry> = []
  for (;;) {
    const after = entries.at(-1)?.seq ?? 0
    const page = await core.storage.timeline({ workspace, conversation, after, limit: pageSize })
    for (const stored of page.entries) entries.push(decodeEntry(stored))
    if (page.entries.length < pageSize) return entries
  }
}

/** A journal and those of all conversations that went into it: what was said in them is told nowhere else. */
const journalsOf = async (
  core: Core,
  workspace: string,
  conversation: string,
): Promise<ReadonlyArray<ReadonlyArray<Entry>>> => {
  const own = await journalOf(core, workspace, conversation)
  const absorbed = own.flatMap(({ what }) => (what._tag === 'Merged' ? [what.from] : []))
  const theirs = await Promise.all(absorbed.map((id) => journalsOf(core, workspace, id)))
  return [own, ...theirs.flat()]
}

/** Those of these conversations that this viewer may see. */
const seenOf = async (core: Core, viewer: Viewer, ids: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const setup = await core.directory.of(viewer.workspace)
  const rows = await core.storage.list({
    workspace: viewer.workspace,
    visibility: sightOf(setup, viewer),
    filter: { ids },
    reader: null,
    limit: ids.length,
  })
  return rows.map(({ row }) => row.id)
}

/** Whatever is open and has not been touched since has been open all the time: it counts to the load. */
async function* openAndUntouched(core: Core, viewer: Viewer, touched: ReadonlySet<string>): AsyncGenerator<string> {
  const setup = await core.directory.of(viewer.workspace)
  let after: { readonly lastActivity: number; readonly id: string } | undefined
  for (;;) {
    const rows = await core.storage.list({
      workspace: viewer.workspace,
      visibility: sightOf(setup, viewer),
      filter: { status: ['open'], control: 'team' },
      reader: null,
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    })
    for (const { row } of rows) if (!touched.has(row.id)) yield row.id
    const last = rows.at(-1)?.row
    if (last === undefined || rows.length < pageSize) return
    after = { lastActivity: last.lastActivity, id: last.id }
  }
}

/** All conversations that can have anything to say about a time, some at once. */
async function* candidates(core: Core, viewer: Viewer, from: number): AsyncGenerator<ReadonlyArray<string>> {
  const touched = await touchedSince(core, viewer.workspace, from)
  const all = [...touched]
  for (let at = 0; at < all.length; at += atOnce) yield seenOf(core, viewer, all.slice(at, at + atOnce))
  let waiting: Array<string> = []
  for await (const id of openAndUntouched(core, viewer, touched)) {
    waiting.push(id)
    if (waiting.length < atOnce) continue
    yield waiting
    waiting = []
  }
  yield waiting
}

/**
 * The figures of a time over what a viewer may see, from the journals of the conversations that were touched since it
 * began. What is in memory at any moment is a hundred conversations and the figures themselves.
 */
export const report = async (
  core: Core,
  viewer: Viewer,
  options: ReportOptions,
): Promise<{ readonly refusal: Refusal } | { readonly report: Report }> => {
  const { workspace } = viewer
  const setup = await core.directory.of(workspace)
  const agent = setup.agents.get(viewer.agent)
  if (agent === undefined) return { refusal: { _tag: 'UnknownAgent', agent: viewer.agent } }
  if (!can(agent, 'seeReports')) return { refusal: { _tag: 'Forbidden', action: 'seeReports' } }
  const issues = issuesOf(options)
  if (issues.length > 0) return { refusal: { _tag: 'Invalid', what: 'report', issues } }
  const request = requestOf(setup, options)
  const tally = emptyTally(request)
  const elapsed = elapsedIn(setup)
  for await (const ids of candidates(core, viewer, options.from)) {
    for (const journals of await Promise.all(ids.map((id) => journalsOf(core, workspace, id)))) {
      const [own, ...absorbed] = journals.map((entries) => measure(entries, request, elapsed))
      if (own === undefined) continue
      count(tally, own)
      // Their tags went along when they were merged.
      for (const one of absorbed) count(tally, { ...one, tags: own.tags })
    }
  }
  return { report: reportFrom(tally) }
}
