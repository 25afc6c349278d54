/**
 * What the engine decides, as pure functions over plain data: no clock, no chance, no promise, nothing thrown. A
 * conversation is the fold of its journal: `decide` answers a command with entries or with a refusal, `evolve` applies
 * an entry, `react` says what is to be done later.
 *
 * The examples of this module go on from the following one and use its constants.
 *
 * @packageDocumentation
 *
 * @example
 * ```ts
 * import { type Agent, type Conversation, type Facts, type Queue } from '@guichet/engine/domain'
 * import { type Hours, type Weekday, type Zones } from '@guichet/engine/domain'
 * import { decide, defaultInboundPolicy, fold } from '@guichet/engine/domain'
 *
 * const support: Queue = { id: 'support', name: 'Support', mode: 'shared', claimOnReply: true }
 * const ana: Agent = { id: 'ana', name: 'Ana', role: 'agent', queues: ['support'] }
 * const files = { max: 3, maxBytes: 1_000_000, types: ['image/*'] }
 * const channel = { edit: false, delete: false, cc: true, maxTextLength: null, files }
 * const facts: Facts = {
 *   now: Date.UTC(2026, 0, 1),
 *   actor: { kind: 'agent', id: 'ana' },
 *   agents: new Map([['ana', ana]]),
 *   queues: new Map([['support', support]]),
 *   account: { id: 'help', channel: 'email', queue: 'support', bots: false, policy: defaultInboundPolicy },
 *   channel,
 * }
 * const nineToFive = [{ from: 540, to: 1020 }]
 * const twoDays = { 1: nineToFive, 5: nineToFive }
 * const office: Hours = { id: 'office', name: 'Office', timeZone: 'UTC', week: twoDays, holidays: [] }
 * const utc: Zones = {
 *   local: (_, at) => ({
 *     date: new Date(at).toISOString().slice(0, 10),
 *     weekday: (new Date(at).getUTCDay() || 7) as Weekday,
 *     minute: Math.floor((at % 86_400_000) / 60_000),
 *   }),
 *   instant: (_, date, minute) => Date.parse(date) + minute * 60_000,
 * }
 * const begun = decide(
 *   undefined,
 *   {
 *     _tag: 'Receive',
 *     message: { address: 'zoe@example.org', parts: [{ _tag: 'Text', text: 'Where is it?' }], matched: 'none' },
 *   },
 *   {
 *     ...facts,
 *     actor: { kind: 'contact', id: 'zoe' },
 *     start: { conversation: 'c1', contact: 'zoe', address: 'zoe@example.org', follows: null },
 *   },
 * )
 * const journal = begun._tag === 'Accepted' ? begun.entries : []
 * const conversation = fold(journal) as Conversation
 * console.log(conversation.status, conversation.queue, conversation.lastMessage?.preview)
 * ```
 *
 * ```text
 * open support Where is it?
 * ```
 */
export type * from './access/permission.ts'
export * from './access/permissions.ts'
export * from './access/policy.ts'
export * from './access/sight.ts'
export * from './access/visibility.ts'
export * from './account-health.ts'
export * from './account.ts'
export * from './actor.ts'
export type * from './contact/attribute.ts'
export {
  type AttributeChange,
  attributeIssue,
  attributeIssues,
  changeAttributes,
  checkDefinition,
} from './contact/attributes.ts'
export type * from './contact/block.ts'
export * from './contact/consent.ts'
export * from './contact/former-address.ts'
export * from './contact/learnt.ts'
export * from './contact/blocking.ts'
export type * from './contact/command.ts'
export * from './contact/companies.ts'
export type * from './contact/company.ts'
export * from './contact/address-change.ts'
export * from './contact/contact.ts'
export * from './contact/decide.ts'
export type * from './contact/entry.ts'
export { contactFields, newContact, nothingKnown, phoneNumber } from './contact/fields.ts'
export * from './contact/merge.ts'
export * from './contact/profile.ts'
export * from './conversation/can-send.ts'
export { awaitsBot, botMay, botTurnsAtMost, mayLeave } from './conversation/bot-gate.ts'
export { internal, isInternal } from './conversation/chat.ts'
export * from './conversation/command.ts'
export * from './counting.ts'
export { decide } from './conversation/decide.ts'
export type { Decision } from './conversation/decision.ts'
export * from './conversation/entry.ts'
export { evolve, fold } from './conversation/evolve.ts'
export * from './conversation/facts.ts'
export * from './conversation/move.ts'
export * from './conversation/place.ts'
export * from './conversation/react.ts'
export * from './conversation/refusal.ts'
export * from './conversation/state.ts'
export * from './conversation/timers.ts'
export * from './conversation/transitions.ts'
export type { Distributing } from './conversation/distributing.ts'
export type { Fetching } from './conversation/fetching.ts'
export { isWaiting } from './conversation/waiting.ts'
export * from './distribution/plan.ts'
export type * from './distribution/plan-facts.ts'
export type * from './distribution/strategy.ts'
export { type CheckedHours, checkHours } from './hours/check-hours.ts'
export type * from './hours/hours.ts'
export { businessAfter, businessBetween, isOpen, nextChange } from './hours/open.ts'
export * from './message/delivery.ts'
export * from './message/fetched.ts'
export * from './message/limits.ts'
export * from './message/message.ts'
export * from './message/reaction.ts'
export { checkAnswer, checkForm } from './message/form.ts'
export * from './message/part.ts'
export * from './message/rejected.ts'
export * from './message/report.ts'
export * from './message/send-key.ts'
export * from './message/plain.ts'
export * from './message/translated.ts'
export { allWordsOf, isRich, writtenOut } from './message/written-out.ts'
export { checkParts } from './message/check-parts.ts'
export { partIssues } from './message/part-issues.ts'
export * from './message/asked.ts'
export type * from './message/money.ts'
export type * from './message/provider-template.ts'
export * from './message/rich-part.ts'
export * from './presence/presence.ts'
export type * from './presence/seat.ts'
export * from './queue/queue.ts'
export { csvOf } from './report/csv.ts'
export * from './report/measure.ts'
export type * from './report/report.ts'
export { type ReportRequest, reportOf } from './report/tally.ts'
export { type CheckedRules, type RoutingNames, checkRules } from './routing/check-rules.ts'
export { route } from './routing/route.ts'
export type * from './routing/rule.ts'
export { slaAfter } from './sla/clock.ts'
export type * from './sla/policy.ts'
export type * from './sla/promises.ts'
export * from './slash/parse.ts'
export * from './tabs.ts'
export type * from './tag.ts'
export * from './template/access.ts'
export * from './template/check.ts'
export * from './template/fill.ts'
export * from './template/rank.ts'
export type * from './template/template.ts'
export { templateVariables, variablesIn, variablesWith } from './template/variables.ts'
export * from './transcript/labels.ts'
export type * from './workspace/entry.ts'
export type * from './workspace/imported.ts'
export * from './workspace/retention.ts'
