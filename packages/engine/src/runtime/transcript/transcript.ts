import type { Refusal } from '../../domain/conversation/refusal.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
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
}

/** A file to be kept. */
export interface Written {
  readonly body: string
  readonly mime: 'text/plain' | 'text/html' | 'application/json'
  readonly name: string
}

const endings = { text: 'txt', html: 'html', json: 'json' } as const
const mimes = { text: 'text/plain', html: 'text/html', json: 'application/json' } as const

/** What is wrong with a request; null when nothing is. */
const issueOf = ({ as = 'text', timeZone = 'UTC' }: TranscriptRequest): string | null => {
  if (!Object.hasOwn(endings, as)) return 'as: text, html or json'
  return isZone(timeZone) ? null : `timeZone: ${JSON.stringify(timeZone)} is not an IANA time zone`
}

export const transcribe = async (
  core: Core,
  workspace: string,
  state: Conversation,
  request: TranscriptRequest,
): Promise<{ readonly refusal: Refusal } | { readonly written: Written }> => {
  const issue = issueOf(request)
  if (issue !== null) return { refusal: { _tag: 'Invalid', what: 'transcript', issues: [issue] } }
  const { as = 'text', notes = false, timeZone = 'UTC' } = request
  const told = await tell(core, workspace, state, notes)
  const body = {
    text: () => asText(told, timeZone),
    html: () => asHtml(told, timeZone),
    json: () => `${JSON.stringify(asData(told), null, 2)}\n`,
  }[as]()
  const name = `conversation-${state.id.replace(/[^\w.-]/g, '_')}.${endings[as]}`
  return { written: { body, mime: mimes[as], name } }
}
