import { shown } from '../../domain/shape.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import { englishLabels, labelIssues, type TranscriptLabels } from '../../domain/transcript/labels.ts'
import type { Core } from '../core.ts'
import { isZone } from '../zones.ts'
import { asHtml } from './as-html.ts'
import { asData } from './as-json.ts'
import { asText } from './as-text.ts'
import { tell } from './tell.ts'

export interface TranscriptRequest {
  readonly as?: 'text' | 'html' | 'json' | undefined
  readonly notes?: boolean | undefined
  readonly timeZone?: string | undefined
  readonly labels?: Partial<TranscriptLabels> | undefined
}

/** A file to be kept. */
export interface Written {
  readonly body: string
  readonly mime: 'text/plain' | 'text/html' | 'application/json'
  readonly name: string
}

const endings = { text: 'txt', html: 'html', json: 'json' } as const
const mimes = { text: 'text/plain', html: 'text/html', json: 'application/json' } as const

const issuesOf = ({ as = 'text', timeZone = 'UTC', labels = {} }: TranscriptRequest): ReadonlyArray<string> => {
  if (typeof as !== 'string' || !Object.hasOwn(endings, as)) return ['as: text, html or json']
  return typeof timeZone === 'string' && isZone(timeZone)
    ? labelIssues(labels)
    : [`timeZone: ${shown(timeZone)} is not an IANA time zone`]
}

const withoutGaps = (labels: Partial<TranscriptLabels>): Partial<TranscriptLabels> =>
  Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== undefined))

export const transcribe = async (
  core: Core,
  workspace: string,
  state: Conversation,
  request: TranscriptRequest,
): Promise<{ readonly refusal: Refusal } | { readonly written: Written }> => {
  const issues = issuesOf(request)
  if (issues.length > 0) return { refusal: { _tag: 'Invalid', what: 'transcript', issues } }
  const { as = 'text', notes = false, timeZone = 'UTC' } = request
  const labels = { ...englishLabels, ...withoutGaps(request.labels ?? {}) }
  const told = await tell(core, workspace, state, notes)
  const body = {
    text: () => asText(told, timeZone, labels),
    html: () => asHtml(told, timeZone, labels),
    json: () => `${JSON.stringify(asData(told), null, 2)}\n`,
  }[as]()
  const name = `conversation-${state.id.replace(/[^\w.-]/g, '_')}.${endings[as]}`
  return { written: { body, mime: mimes[as], name } }
}
