import { isFields } from '../message/part-issues.ts'
import type { Command } from './command.ts'
import type { Refusal } from './refusal.ts'
import { priorities } from './state.ts'

/**
 * Hosts pass on what stood in a request. What a command carries is held to its type before anything is decided by it:
 * in a journal that is never changed, nonsense would stay for good.
 */

/** What people read as one line, in characters. */
const lineAtMost = 1_000
/** Ids and names, in characters. */
const nameAtMost = 200
const listAtMost = 500

type Check = (value: unknown) => boolean
type Checks = Readonly<Record<string, readonly [Check, string]>>

const isText = (value: unknown): value is string => typeof value === 'string'
const isName: Check = (value) => isText(value) && value !== '' && value.length <= nameAtMost
const isLine: Check = (value) => value === null || (isText(value) && value.length <= lineAtMost)
const isCount: Check = (value) => Number.isInteger(value) && (value as number) >= 0
/** Up to the last moment of the calendar (ECMA-262, 21.4.1.1). */
const isTime: Check = (value) => Number.isFinite(value) && (value as number) <= 8.64e15
const oneOf =
  (...words: ReadonlyArray<string>): Check =>
  (value) =>
    isText(value) && words.includes(value)
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length <= listAtMost && value.every(check)
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)

const targets = ['agent', 'queue', 'department', 'account']
const isTarget: Check = (value) =>
  isFields(value) &&
  targets.some((name) => isName(value[name])) &&
  Object.values(value).filter((one) => one !== undefined).length === 1

const agents: Checks = { agents: [listOf(isName), `a list of ids of agents, at most ${listAtMost}`] }
const tags: Checks = {
  tags: [listOf(isName), `a list of tags of 1 to ${nameAtMost} characters, at most ${listAtMost}`],
}
const flag: Checks = { flag: [oneOf('followUp', 'urgent'), 'followUp or urgent'] }
const bot: Checks = { bot: [isName, 'the name of a bot'] }
const message: Checks = { message: [isCount, 'the number of a message'] }
const schedule: Checks = { schedule: [isCount, 'the number of a scheduled message'] }
const quote: Checks = { quote: [optional(isCount), 'the number of a message'] }
const mentions: Checks = { mentions: [optional(listOf(isName)), `a list of ids of agents, at most ${listAtMost}`] }
const cc: Checks = { cc: [optional(listOf((one) => isText(one))), `a list of addresses, at most ${listAtMost}`] }

/** What is not here carries nothing, or is looked at where it is decided. */
const shapes: Partial<Record<Command['_tag'], Checks>> = {
  Reply: {
    ...quote,
    ...mentions,
    ...cc,
    replyTo: [optional(oneOf('account', 'agent')), 'account or agent'],
    expectedLastMessage: [optional(isCount), 'the number of a message'],
  },
  AddNote: { ...quote, ...mentions },
  EditMessage: message,
  DeleteMessage: message,
  React: { ...message, emoji: [(emoji) => emoji === null || isText(emoji), 'one sign, or null to take it back'] },
  ChangeSchedule: schedule,
  CancelSchedule: schedule,
  Snooze: {
    until: [(until) => until == null || isTime(until), 'epoch milliseconds, or absent for no end'],
  },
  SetPriority: { priority: [oneOf(...priorities), `one of ${priorities.join(', ')}`] },
  Flag: flag,
  Unflag: flag,
  Tag: tags,
  Untag: tags,
  Rename: { title: [isLine, `at most ${lineAtMost} characters, or null`] },
  ChangeSubject: { subject: [isLine, `at most ${lineAtMost} characters, or null`] },
  Assign: agents,
  Unassign: agents,
  Invite: agents,
  Transfer: { to: [isTarget, `one of ${targets.join(', ')}, with its id`] },
  HandOver: { reason: [optional((reason) => reason !== null && isLine(reason)), `at most ${lineAtMost} characters`] },
  BlockBot: bot,
  UnblockBot: bot,
  RunBot: bot,
  ChangeConsent: {
    given: [(value) => typeof value === 'boolean', 'true or false'],
    scope: [oneOf('all', 'marketing'), 'all or marketing'],
    word: [(word) => word !== null && isLine(word), `at most ${lineAtMost} characters`],
  },
  SetTranslation: {
    translation: [(value) => value === null || isFields(value), '{ team, customer }, or null to turn it off'],
  },
}

const issuesIn = (carried: unknown, checks: Checks): ReadonlyArray<string> =>
  Object.entries(checks).flatMap(([name, [check, right]]) =>
    isFields(carried) && check(carried[name]) ? [] : [`${name}: ${right}`],
  )

const issuesOf = (command: Command): ReadonlyArray<string> => {
  switch (command._tag) {
    case 'Schedule':
      return issuesIn(command.content, { ...quote, ...mentions, ...cc })
    default:
      return issuesIn(command, shapes[command._tag] ?? {})
  }
}

/** Why a command is none that there is, in words that say what would be; null when it is what its type says. */
export const misshapen = (command: Command): Refusal | null => {
  const issues = issuesOf(command)
  return issues.length === 0 ? null : { _tag: 'Invalid', what: command._tag, issues }
}
