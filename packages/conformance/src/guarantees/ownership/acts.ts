import type { Conversations, Done, Outcome } from '@guichet/engine'
import fc from 'fast-check'

/** The people of an office. */
export const agents = ['ana', 'ben', 'cleo', 'dan', 'mia'] as const

/** Something that somebody does to a conversation, with a name to tell it by. */
export interface Act {
  readonly name: string
  readonly run: (conversations: Conversations, id: string) => Promise<Outcome<Done>>
}

const act = (name: string, run: Act['run']): Act => ({ name, run })

const someAgents = fc.uniqueArray(fc.constantFrom(...agents), { minLength: 1, maxLength: 2 })

/** Everything that moves a conversation between people, queues and states. */
export const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom(
    act('claim', (at, id) => at.claim(id)),
    act('takeOver', (at, id) => at.takeOver(id)),
    act('release', (at, id) => at.release(id)),
    act('leave', (at, id) => at.leave(id)),
    act('lock', (at, id) => at.lock(id)),
    act('reply', (at, id) => at.reply(id, { text: 'an answer' })),
    act('close', (at, id) => at.close(id)),
    act('reopen', (at, id) => at.reopen(id)),
    act('archive', (at, id) => at.archive(id)),
    act('unarchive', (at, id) => at.unarchive(id)),
  ),
  someAgents.map((names) => act(`assign ${names}`, (at, id) => at.assign(id, { agents: names }))),
  someAgents.map((names) => act(`unassign ${names}`, (at, id) => at.unassign(id, { agents: names }))),
  someAgents.map((names) => act(`invite ${names}`, (at, id) => at.invite(id, { agents: names }))),
  fc.constantFrom(...agents).map((agent) => act(`to ${agent}`, (at, id) => at.transfer(id, { to: { agent } }))),
  fc
    .constantFrom('desk', 'vault', 'calm', 'nowhere')
    .map((queue) => act(`to ${queue}`, (at, id) => at.transfer(id, { to: { queue } }))),
)
