import { clampSentAt, type Part, previewOf, saysSomething } from '@guichet/engine/domain'
import { and, assign, not, or, setup, stateIn } from 'xstate'

/** What the statechart keeps beside its states: the fields of a conversation that these events change. */
export interface MachineContext {
  readonly seq: number
  readonly owner: string | null
  readonly assignees: ReadonlyArray<string>
  readonly queue: string
  readonly claimOnReply: boolean
  readonly bots: boolean
  readonly snoozedUntil: number | null
  readonly statusBeforeArchive: 'pending' | 'closed'
  readonly lastMessage: { readonly seq: number; readonly by: 'contact' | 'agent'; readonly preview: string } | null
  readonly inbound: number
  readonly lastActivity: number
  readonly tags: ReadonlyArray<string>
}

export type MachineEvent =
  | { readonly type: 'customerWrites'; readonly parts: ReadonlyArray<Part>; readonly at: number }
  | { readonly type: 'agentReplies'; readonly agent: string; readonly parts: ReadonlyArray<Part>; readonly at: number }
  | { readonly type: 'claim'; readonly agent: string }
  | { readonly type: 'release' }
  | { readonly type: 'transfer'; readonly queue: string }
  | { readonly type: 'tag'; readonly tag: string }
  | { readonly type: 'snooze'; readonly until: number }
  | { readonly type: 'snoozeEnds' }
  | { readonly type: 'close' }
  | { readonly type: 'reopen' }
  | { readonly type: 'handOver' }
  | { readonly type: 'spam' }
  | { readonly type: 'notSpam' }
  | { readonly type: 'archive' }
  | { readonly type: 'unarchive' }

/**
 * The conversation as one would draw it: three things that change side by side (its status, who answers, whether
 * somebody owns it), the table of transitions of the domain, and the same fields changed by the same events. Messages
 * go through the same rules as in the domain. No nested states, no actors, no effects: as light as such a chart can be.
 */
export const machine = setup({
  types: { context: {} as MachineContext, events: {} as MachineEvent },
  guards: {
    says: ({ event }) => 'parts' in event && saysSomething(event.parts),
    claims: ({ context }) => context.claimOnReply,
    bots: ({ context }) => context.bots,
    wasPending: ({ context }) => context.statusBeforeArchive === 'pending',
  },
  actions: {
    heard: assign(({ context, event }) =>
      event.type === 'customerWrites'
        ? {
            seq: context.seq + 1,
            inbound: context.inbound + 1,
            lastMessage: { seq: context.seq + 1, by: 'contact' as const, preview: previewOf(event.parts) },
            lastActivity: Math.max(context.lastActivity, clampSentAt(event.at, event.at)),
            snoozedUntil: null,
          }
        : {},
    ),
    said: assign(({ context, event }) =>
      event.type === 'agentReplies'
        ? {
            seq: context.seq + 1,
            lastMessage: { seq: context.seq + 1, by: 'agent' as const, preview: previewOf(event.parts) },
            lastActivity: Math.max(context.lastActivity, event.at),
            snoozedUntil: null,
          }
        : {},
    ),
    owned: assign(({ context, event }) =>
      event.type === 'claim' || event.type === 'agentReplies'
        ? { owner: event.agent, assignees: [...context.assignees, event.agent] }
        : {},
    ),
    released: assign(({ context }) => ({
      owner: null,
      assignees: context.assignees.filter((agent) => agent !== context.owner),
    })),
    transferred: assign(({ context, event }) =>
      event.type === 'transfer' ? { seq: context.seq + 1, queue: event.queue } : {},
    ),
    tagged: assign(({ context, event }) =>
      event.type === 'tag' ? { seq: context.seq + 1, tags: [...new Set([...context.tags, event.tag])] } : {},
    ),
    snoozed: assign(({ context, event }) =>
      event.type === 'snooze' ? { seq: context.seq + 1, snoozedUntil: event.until } : {},
    ),
    moved: assign(({ context }) => ({ seq: context.seq + 1, snoozedUntil: null })),
    archived: assign(({ context }) => ({ seq: context.seq + 1, statusBeforeArchive: 'closed' as const })),
    archivedFromPending: assign(({ context }) => ({ seq: context.seq + 1, statusBeforeArchive: 'pending' as const })),
    counted: assign(({ context }) => ({ seq: context.seq + 1 })),
  },
}).createMachine({
  id: 'conversation',
  context: {
    seq: 1,
    owner: null,
    assignees: [],
    queue: 'support',
    claimOnReply: true,
    bots: false,
    snoozedUntil: null,
    statusBeforeArchive: 'closed',
    lastMessage: null,
    inbound: 1,
    lastActivity: 0,
    tags: [],
  },
  type: 'parallel',
  on: { tag: { actions: 'tagged' } },
  states: {
    status: {
      initial: 'open',
      states: {
        open: {
          on: {
            customerWrites: { guard: 'says', actions: 'heard' },
            agentReplies: { guard: 'says', actions: 'said' },
            transfer: { actions: 'transferred' },
            snooze: { target: 'pending', actions: 'snoozed' },
            close: { target: 'closed', actions: 'moved' },
            spam: { target: 'spam', actions: 'moved' },
            archive: { target: 'archived', actions: 'archived' },
          },
        },
        pending: {
          on: {
            customerWrites: { guard: 'says', target: 'open', actions: 'heard' },
            agentReplies: { guard: 'says', target: 'open', actions: 'said' },
            transfer: { target: 'open', actions: 'transferred' },
            snooze: { actions: 'snoozed' },
            snoozeEnds: { target: 'open', actions: 'moved' },
            close: { target: 'closed', actions: 'moved' },
            reopen: { target: 'open', actions: 'moved' },
            spam: { target: 'spam', actions: 'moved' },
            archive: { target: 'archived', actions: 'archivedFromPending' },
          },
        },
        closed: {
          on: {
            customerWrites: { guard: 'says', target: 'open', actions: 'heard' },
            agentReplies: { guard: 'says', target: 'open', actions: 'said' },
            reopen: { target: 'open', actions: 'moved' },
            spam: { target: 'spam', actions: 'moved' },
            archive: { target: 'archived', actions: 'archived' },
          },
        },
        spam: {
          on: {
            customerWrites: { guard: 'says', actions: 'heard' },
            notSpam: { target: 'open', actions: 'moved' },
            archive: { target: 'archived', actions: 'archived' },
          },
        },
        archived: {
          on: {
            transfer: { target: 'open', actions: 'transferred' },
            spam: { target: 'spam', actions: 'moved' },
            unarchive: [
              { guard: 'wasPending', target: 'pending', actions: 'moved' },
              { target: 'closed', actions: 'moved' },
            ],
          },
        },
      },
    },
    control: {
      initial: 'team',
      states: {
        team: {
          on: {
            close: { guard: 'bots', target: 'bot' },
            customerWrites: { guard: and(['bots', stateIn({ status: 'closed' })]), target: 'bot' },
          },
        },
        bot: { on: { agentReplies: 'team', claim: 'team', transfer: 'team', snooze: 'team', handOver: 'team' } },
      },
    },
    ownership: {
      initial: 'unowned',
      states: {
        unowned: {
          on: {
            claim: {
              guard: or([stateIn({ status: 'open' }), stateIn({ status: 'pending' })]),
              target: 'owned',
              actions: ['counted', 'owned'],
            },
            agentReplies: {
              guard: and(['claims', not(or([stateIn({ status: 'spam' }), stateIn({ status: 'archived' })]))]),
              target: 'owned',
              actions: 'owned',
            },
          },
        },
        owned: {
          on: {
            release: { target: 'unowned', actions: ['counted', 'released'] },
            transfer: { target: 'unowned', actions: 'released' },
          },
        },
      },
    },
  },
})
