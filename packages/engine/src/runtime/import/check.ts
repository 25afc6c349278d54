import type { Refusal } from '../../domain/conversation/refusal.ts'
import { checkForm } from '../../domain/message/form.ts'
import { type Part, filesOf, saysSomething } from '../../domain/message/part.ts'
import { isFields, partIssues } from '../../domain/message/part-issues.ts'
import type { Form } from '../../domain/message/rich-part.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import type { ImportedConversation, ImportedMessage } from '../../domain/workspace/imported.ts'

/** A conversation is stored in one commit. */
const messagesAtMost = 5_000

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

/** Held to what its type says: it comes from a file of another system as often as from a compiler. */
const isPart = (part: unknown): part is Part => {
  if (!isFields(part)) return false
  switch (part['_tag']) {
    case 'Text':
      return typeof part['text'] === 'string'
    case 'Html':
      return typeof part['html'] === 'string'
    case 'File': {
      const file = part['file']
      return isFields(file) && isText(file['blob']) && isText(file['name']) && isText(file['mime'])
    }
    case 'Form':
      return checkForm(part['form'] as Form) === null
    default:
      return partIssues(part)?.length === 0
  }
}

const messageIssues = (message: ImportedMessage, where: string, now: number): ReadonlyArray<string> => {
  if (!isFields(message)) return [`${where}: a message`]
  const { direction, sentAt, parts } = message
  const issues: Array<string> = []
  if (!['in', 'out', 'note'].includes(direction)) issues.push(`${where}.direction: in, out or note`)
  if (!Number.isSafeInteger(sentAt) || sentAt < 0) issues.push(`${where}.sentAt: whole milliseconds since 1970`)
  else if (sentAt > now) issues.push(`${where}.sentAt: it lies in the future`)
  const bad = Array.isArray(parts) ? parts.findIndex((part) => !isPart(part)) : -1
  if (bad !== -1) {
    const [wrong = 'there is no such part'] = partIssues(parts[bad]) ?? []
    issues.push(`${where}.parts[${bad}]: ${wrong}`)
  } else if (!Array.isArray(parts) || !saysSomething(parts)) issues.push(`${where}.parts: at least a word or a file`)
  if (message.externalId !== undefined && !isText(message.externalId)) {
    issues.push(`${where}.externalId: a text with something in it, or absent`)
  }
  return issues
}

const issuesOf = (history: ImportedConversation, now: number): ReadonlyArray<string> => {
  const { externalId, source, from, subject, tags, status, messages } = history
  const issues: Array<string> = []
  if (!isText(externalId)) issues.push('externalId: what the other system calls it')
  if (!isText(source)) issues.push('source: the name of the other system')
  if (!isText(from?.address)) issues.push('from.address: the address of the customer on the account')
  for (const field of ['name', 'email', 'phone'] as const) {
    if (from?.[field] !== undefined && !isText(from[field])) {
      issues.push(`from.${field}: a text with something in it, or absent`)
    }
  }
  if (subject !== undefined && typeof subject !== 'string') issues.push('subject: a text, or absent')
  if (tags !== undefined && !(Array.isArray(tags) && tags.every(isText))) issues.push('tags: texts, or absent')
  if (!['open', 'closed', 'archived'].includes(status)) issues.push('status: open, closed or archived')
  if (!Array.isArray(messages) || messages.length === 0) return [...issues, 'messages: at least one']
  // A thousand messages with the same fault are one fault.
  return [...issues, ...messages.flatMap((message, at) => messageIssues(message, `messages[${at}]`, now)).slice(0, 20)]
}

/** The first file whose bytes are not there: they go to the blobs before the message that shows them is imported. */
const missingFile = async (
  core: Core,
  workspace: string,
  history: ImportedConversation,
): Promise<string | undefined> => {
  for (const [at, { parts }] of history.messages.entries()) {
    for (const { blob, name } of filesOf(parts)) {
      if ((await core.blobs.get(workspace, blob)) === undefined) return `messages[${at}].parts: no bytes of ${name}`
    }
  }
  return undefined
}

/** What keeps a history from being imported, whatever is stored already; null when nothing does. */
export const checkHistory = async (
  core: Core,
  workspace: string,
  setup: Setup,
  history: ImportedConversation,
): Promise<Refusal | null> => {
  const issues = issuesOf(history, core.clock.now())
  if (issues.length > 0) return { _tag: 'Invalid', what: 'import', issues }
  if (history.messages.length > messagesAtMost) return { _tag: 'TooMany', what: 'messages', max: messagesAtMost }
  if (!setup.accounts.has(history.account)) return { _tag: 'UnknownAccount', account: history.account }
  const stranger = history.messages.find(({ agent }) => agent !== undefined && !setup.agents.has(agent))
  if (stranger?.agent !== undefined) return { _tag: 'UnknownAgent', agent: stranger.agent }
  const missing = await missingFile(core, workspace, history)
  return missing === undefined ? null : { _tag: 'Invalid', what: 'import', issues: [missing] }
}
