import { type Section, desk, domain, kept, runtime } from '../row.ts'

export const queues: Section = {
  letter: 'E',
  rows: [
    {
      id: 'E1',
      does: 'Rules lead what comes in to a queue, whose people all see it, and the journal says why',
      calls: ['workspace.routing.put([{ id, name, when, to: { queue, priority } }])'],
      tests: [
        runtime('distribution', 'leads a new conversation by the first rule that holds, and the journal explains it'),
        domain('routing', 'goes by the first rule that matches'),
        desk('list', 'every tab, queue, department and view has its count'),
      ],
    },
    {
      id: 'E2',
      does: 'Strategies: everyone, the first n, in turn, least busy, longest idle, by hand, or a function of the host',
      calls: [
        "workspace.queues.put({ id, name, mode, claimOnReply, strategy: { _tag: 'FirstN', n }, offerMs })",
        "session.presence.set('online')",
        'session.conversations.acceptOffer(id)',
        'session.conversations.declineOffer(id)',
      ],
      tests: [
        kept('distribution/offers', 'G27 an offer that nobody answers goes to the next at its time'),
        kept('distribution/turns', 'G24 in turn means that shares differ by one at most'),
        kept('distribution/capacity', 'G23 nobody is given more than she can take'),
        runtime('distribution', 'chooses, and capacity still holds'),
        desk('counter', 'an offer that nobody answers runs out and goes to the next agent'),
      ],
    },
    {
      id: 'E3',
      does: 'Who answers first has it, and in an exclusive queue the others see it no longer',
      calls: ['session.conversations.reply(id, { text })'],
      tests: [
        kept('ownership/claim', 'G29 of simultaneous replies in ${kind} queue the first owns'),
        domain('decisions', 'an exclusive queue shows an owned conversation to those who are part of it'),
        desk('counter', 'an offer says who waits'),
      ],
    },
    {
      id: 'E4',
      does: 'Take, take over, lock as mine, give back',
      calls: [
        'session.conversations.claim(id)',
        'session.conversations.takeOver(id)',
        'session.conversations.lock(id)',
        'session.conversations.unlock(id)',
        'session.conversations.release(id)',
      ],
      tests: [
        kept('ownership/claim', 'G22 of all who claim at once in ${kind} queue one wins'),
        domain('decisions', 'a colleague may take over, and the former owner has it no longer'),
        domain('decisions', 'what is locked is taken over by a manager only'),
        domain('decisions', 'is released by its owner or a manager'),
        kept('beside/control', 'G17 a conversation that another application has is asked for once'),
        desk('two-agents', 'one claims; the other’s reply is refused with a sentence'),
        desk('acts', 'who keeps a conversation for herself is not relieved of it'),
      ],
    },
    {
      id: 'E5',
      does: 'Transfer to somebody found by name or extension, to a queue, or to another account',
      calls: [
        'session.people.find(text, { queue })',
        'session.conversations.transfer(id, { to: { agent } })',
        'session.conversations.transfer(id, { to: { account } })',
      ],
      tests: [
        runtime('counter', 'is found by name without accents, by extension and by id'),
        domain('decisions', 'who transfers it hands it over entirely'),
        runtime('counter', 'to another account is answered from there'),
        desk('desk', 'who transfers to an exclusive queue that somebody has loses sight of it'),
        desk('list', 'a transfer finds a colleague by extension and a department by name'),
        desk('forms', 'now the mail account can take the conversation'),
      ],
    },
    {
      id: 'E6',
      does: 'Assign one or several',
      calls: ['session.conversations.assign(id, { agents })', 'session.conversations.unassign(id, { agents })'],
      tests: [
        kept('ownership/assign', 'G30 nobody is assigned who could not answer there'),
        domain('decisions', 'several may be assigned; the first owns it'),
        desk('list', 'many are tagged and given to a colleague at once'),
      ],
      later: 'telling them by mail or push belongs to notifier plugins; the feed tells the host already',
    },
    {
      id: 'E7',
      does: 'Invite colleagues, who may leave again',
      calls: ['session.conversations.invite(id, { agents })', 'session.conversations.leave(id)'],
      tests: [
        domain('decisions', 'is open to colleagues who were invited'),
        kept('reading/sight', 'G42 who is invited or assigned sees, counts and finds it'),
        desk('acts', 'a colleague who is invited into an exclusive queue sees it, until she leaves'),
      ],
    },
    {
      id: 'E8',
      does: 'A department gets the conversation',
      calls: ['session.conversations.transfer(id, { to: { department } })'],
      tests: [
        domain('distribution-decisions', 'to a department goes to its queue'),
        desk('people', 'department, queue and priority are changed from a list'),
      ],
    },
  ],
}
