import type { Conversation } from '../../domain/conversation/state.ts'
import type { OutboundMessage } from '../../domain/message/message.ts'
import { type Part, textOf } from '../../domain/message/part.ts'
import { fill } from '../../domain/template/fill.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { valuesFor } from './values.ts'

/** Two dashes and a space on a line of their own: by them readers tell a signature from what was said (RFC 3676 4.3). */
const delimiter = '-- '

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const asHtml = (text: string): string => {
  const lines = [delimiter, ...text.split('\n')].map((line) => line.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign))
  return `<div class="signature">${lines.join('<br>')}</div>`
}

/** Parts with a signature under the last words, in each form in which they are written. */
const signedWith = (parts: ReadonlyArray<Part>, signature: string, html: boolean): ReadonlyArray<Part> => {
  const lastText = parts.findLastIndex((part) => part._tag === 'Text' && part.text.trim() !== '')
  const lastHtml = html ? parts.findLastIndex((part) => part._tag === 'Html') : -1
  return parts.map((part, at) => {
    if (at === lastText && part._tag === 'Text') {
      return { ...part, text: `${part.text.trimEnd()}\n\n${delimiter}\n${signature}` }
    }
    return at === lastHtml && part._tag === 'Html' ? { ...part, html: `${part.html}\n${asHtml(signature)}` } : part
  })
}

/**
 * What an agent says, ended with her signature where the account wants that. It is added on the way out, with the
 * variables of that moment: the journal keeps what she wrote. Where the channel has no room for it, it is left out.
 */
export const signed = async (
  core: Core,
  setup: Setup,
  workspace: string,
  state: Conversation,
  { author }: OutboundMessage,
  parts: ReadonlyArray<Part>,
): Promise<ReadonlyArray<Part>> => {
  const agent = author.kind === 'agent' ? setup.agents.get(author.id) : undefined
  if (agent?.signature === undefined || setup.accounts.get(state.account)?.signature !== true) return parts
  const { text } = fill(agent.signature, await valuesFor(core, setup, workspace, state, agent))
  if (text.trim() === '') return parts
  const capabilities = core.channels.get(state.channel)?.capabilities
  const ended = signedWith(parts, text.trim(), capabilities?.html === true)
  return textOf(ended).length > (capabilities?.maxTextLength ?? Number.POSITIVE_INFINITY) ? parts : ended
}
