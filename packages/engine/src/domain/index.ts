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
export * from './access/policy.ts'
export * from './access/sight.ts'
export * from './access/visibility.ts'
export * from './account.ts'
export * from './actor.ts'
export * from './contact/contact.ts'
export * from './conversation/command.ts'
export * from './counting.ts'
export { decide } from './conversation/decide.ts'
export type { Decision } from './conversation/decision.ts'
export * from './conversation/entry.ts'
export { evolve, fold } from './conversation/evolve.ts'
export * from './conversation/facts.ts'
export * from './conversation/place.ts'
export * from './conversation/react.ts'
export * from './conversation/refusal.ts'
export * from './conversation/state.ts'
export * from './conversation/transitions.ts'
export * from './message/delivery.ts'
export * from './message/limits.ts'
export * from './message/message.ts'
export * from './message/part.ts'
export * from './queue/queue.ts'
export * from './tabs.ts'
