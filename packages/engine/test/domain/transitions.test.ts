import { type Cell, type Command, type Conversation, type Status, statuses, transitions } from '@guichet/engine/domain'
import { describe, expect, it } from 'vitest'
import { after, by, facts, fromCustomer, now, opened, receive, step, text } from './shop.ts'

/** A conversation in each of the five states, reached the way people reach it. */
const inStatus: Readonly<Record<Status, () => Conversation>> = {
  open: () => opened(),
  pending: () => after(opened(), { _tag: 'Snooze', until: now + 1_000 }, by('ana')),
  closed: () => after(opened(), { _tag: 'Close' }, by('ana')),
  spam: () => after(opened(), { _tag: 'MarkSpam' }, by('ana')),
  archived: () => after(opened(), { _tag: 'Archive' }, by('ana')),
}

const later = (kind: 'agent' | 'system') =>
  kind === 'agent'
    ? by('chloe', { now: now + 5_000 })
    : facts({
        actor: { kind: 'system', id: 'engine' },
        now: now + 5_000,
        seats: new Map([['ana', { presence: 'online', load: 0 }]]),
      })

/** What stands behind each row of the table. */
const commands: Readonly<Record<Exclude<keyof typeof transitions, 'customerWrites'>, Command>> = {
  agentReplies: { _tag: 'Reply', parts: text('Bonjour !') },
  snooze: { _tag: 'Snooze', until: now + 60_000 },
  snoozeEnds: { _tag: 'EndSnooze' },
  close: { _tag: 'Close' },
  reopen: { _tag: 'Reopen' },
  spam: { _tag: 'MarkSpam' },
  notSpam: { _tag: 'MarkNotSpam' },
  archive: { _tag: 'Archive' },
  unarchive: { _tag: 'Unarchive' },
  transfer: { _tag: 'Transfer', to: { queue: 'deliveries' } },
  take: { _tag: 'Claim' },
  distribute: { _tag: 'Distribute', agent: 'ana', by: 'RoundRobin' },
  delete: { _tag: 'Delete' },
}

const expected = (cell: Cell, before: Conversation): Status | string => {
  switch (cell._tag) {
    case 'To':
      return cell.status
    case 'Stays':
      return before.status
    case 'Restored':
      return 'closed'
    case 'Refused':
      return `refused: ${cell.refusal._tag}`
    case 'ByPolicy':
      return 'by policy'
  }
}

describe('the table of the conversation', () => {
  for (const [row, command] of Object.entries(commands) as ReadonlyArray<[keyof typeof commands, Command]>) {
    for (const status of statuses) {
      const cell: Cell = transitions[row][status]
      const before = inStatus[status]()
      it(`${row} in ${status} is ${expected(cell, before)}`, () => {
        const { state, refusal } = step(
          before,
          command,
          later(row === 'snoozeEnds' || row === 'distribute' ? 'system' : 'agent'),
        )
        if (cell._tag === 'Refused') {
          expect(refusal).toEqual(cell.refusal)
          expect(state).toBe(before)
        } else {
          expect(refusal).toBeNull()
          expect(state?.status).toBe(expected(cell, before))
        }
      })
    }
  }
})

describe('the customer writes', () => {
  const becomes: Readonly<Record<Status, Status>> = {
    open: 'open',
    pending: 'open',
    closed: 'open',
    spam: 'spam',
    archived: 'archived',
  }
  for (const status of statuses) {
    it(`in ${status}, by the default policy it becomes ${becomes[status]}`, () => {
      const { state } = step(inStatus[status](), receive('Encore moi'), fromCustomer())
      expect(state?.status).toBe(becomes[status])
    })
  }

  it('leaves a pending conversation pending where the account keeps it', () => {
    const policy = { pending: 'keep', closed: 'reopen', spam: 'store', archived: 'new' } as const
    const account = { id: 'site', channel: 'livechat', queue: 'service', bots: false, policy }
    const { state } = step(inStatus.pending(), receive('Encore moi'), fromCustomer({ account }))
    expect(state).toMatchObject({ status: 'pending', snoozedUntil: now + 1_000 })
  })

  it('in spam is silent: stored, and nothing becomes unread', () => {
    const spam = inStatus.spam()
    const { state, entries } = step(spam, receive('WIN NOW'), fromCustomer())
    expect(entries).toHaveLength(1)
    expect(state?.inbound).toBe(spam.inbound)
  })

  it('forgets the end of the snooze when it comes back', () => {
    expect(step(inStatus.pending(), receive('Encore moi'), fromCustomer()).state?.snoozedUntil).toBeNull()
  })
})

describe('coming back from the archive', () => {
  const cases: ReadonlyArray<readonly [Status, Status]> = [
    ['open', 'closed'],
    ['pending', 'pending'],
    ['closed', 'closed'],
    ['spam', 'spam'],
  ]
  for (const [was, becomes] of cases) {
    it(`what was ${was} becomes ${becomes}`, () => {
      const archived = after(inStatus[was](), { _tag: 'Archive' }, by('chloe'))
      expect(after(archived, { _tag: 'Unarchive' }, by('chloe')).status).toBe(becomes)
    })
  }
})
