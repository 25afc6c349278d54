import { type Section, desk, domain, kept, runtime, shown } from '../row.ts'

export const states: Section = {
  letter: 'A',
  rows: [
    {
      id: 'A1',
      does: 'Tabs for every state of a conversation, each with its count',
      calls: ['session.conversations.list({ tab })', 'session.conversations.counts()'],
      tests: [
        kept('reading/pages', 'G44 counts are right after any downtime and any number of engines'),
        runtime('reading', 'of mentions is what calls for her'),
        desk('list', 'unread is one pill away, and every tab, queue, department and view has its count'),
      ],
    },
    {
      id: 'A2',
      does: 'Open is what a person has to see to; a handover brings it there and silences the bots',
      calls: ['session.conversations.handOver(id, { reason })'],
      tests: [
        domain('decisions', 'are silent once the team has it'),
        kept('automation/failure', 'G40 a bot that is not there any more leaves nobody waiting'),
        desk('assistant', '`b` takes the conversation from it and gives it back'),
      ],
    },
    {
      id: 'A3',
      does: 'Snooze until a time: it comes back by itself then, or with the first answer',
      calls: ['session.conversations.snooze(id, { until })'],
      tests: [
        kept('lifecycle/snooze', 'G33 a snooze ends once, when it is due and not before'),
        domain('transitions', 'forgets the end of the snooze when it comes back'),
        desk('desk', 'a snooze ends by itself, and the conversation comes back without a reload'),
      ],
    },
    {
      id: 'A4',
      does: 'Closing gives control back to the bots; a customer who writes again opens it',
      calls: ['session.conversations.close(id)', 'session.conversations.reopen(id)'],
      tests: [
        domain('decisions', 'begin, hand over, and get it back when it is closed'),
        kept('lifecycle/inbound-policy', 'G34 by default a customer reopens what is pending or closed'),
        desk('acts', 'what is closed leaves the list, and comes back by itself'),
        desk('assistant', 'has the conversation again once it is closed'),
      ],
    },
    {
      id: 'A5',
      does: 'Spam and back again; its sender is stored in silence',
      calls: ['session.conversations.spam(id)', 'session.conversations.notSpam(id)'],
      tests: [
        kept('people/blocking', 'G35 spam stays a status of its own: its sender is stored, in silence'),
        kept('lifecycle/inbound-policy', 'G34 spam is stored in silence'),
        desk('acts', 'spam is out of the way, hears no more of itself, and comes back'),
      ],
      later: 'finding spam by itself belongs to screener plugins; until then a host calls the same act',
    },
    {
      id: 'A6',
      does: 'Everything in one tab, also what bots saw to alone',
      calls: ["session.conversations.list({ tab: 'all' })", "session.conversations.list({ tab: 'automated' })"],
      tests: [
        kept('reading/sight', 'G42 whoever looks, every read agrees with the one policy on what is there'),
        desk('assistant', 'greets with choices, answers what it knows, and the desk shows it as automated'),
      ],
    },
    {
      id: 'A7',
      does: 'Handled and out of the way in one act; while it is not, what comes next goes to who took it alone',
      calls: ['session.conversations.archive(id)', 'session.conversations.claim(id)'],
      tests: [
        domain('decisions', 'an exclusive queue shows an owned conversation to those who are part of it'),
        kept('distribution/returning', 'G26 what comes back goes to its former owner while she is there and has room'),
        desk('writing', 'sends and closes with one key'),
      ],
    },
    {
      id: 'A8',
      does: 'Out of the archive again, or transferred from there; a conversation or one message deleted for good',
      calls: [
        'session.conversations.unarchive(id)',
        'session.conversations.transfer(id, { to: { agent } })',
        'session.conversations.delete(id)',
        'session.conversations.deleteMessage(id, { message })',
      ],
      tests: [
        domain('transitions', 'what was ${was} becomes ${becomes}'),
        runtime('facade', 'leaves nothing behind when the whole conversation is deleted'),
        runtime('facade', 'is edited, and deleted for good with its files'),
        desk('keys', 'a manager deletes with #, after a question'),
        desk('acts', 'what is archived is out of the lists, and comes out again'),
      ],
    },
    {
      id: 'A9',
      does: 'End a chat, of which the visitor is told; block somebody, by the IP as well',
      calls: ['session.conversations.close(id)', 'session.blocks.add({ target, reason, until })'],
      tests: [
        shown('packages/channel-livechat/test/engine.test.ts', 'a closed conversation is ended for the visitor'),
        shown('packages/channel-livechat/test/engine.test.ts', 'G35 a visitor is blocked by the address'),
        kept('people/blocking', 'G35 a block holds by contact, identity, range and pattern'),
        desk('people', 'an address that is blocked is not heard any more'),
      ],
    },
    {
      id: 'A10',
      does: 'Take and close without an answer; mark for follow-up or as urgent',
      calls: [
        'session.conversations.claim(id)',
        'session.conversations.close(id)',
        "session.conversations.flag(id, { flag: 'urgent' })",
        "session.conversations.setPriority(id, { priority: 'high' })",
      ],
      tests: [
        kept('ownership/claim', 'G22 conversations that many claim at once each have exactly one owner'),
        desk('api', 'does what each act says'),
      ],
    },
  ],
}
