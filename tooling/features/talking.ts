import { type Section, domain, kept, runtime, shown } from './row.ts'

/** What an agent does with conversations: where they stand, reading them, writing in them, acting on a message. */
export const talking: ReadonlyArray<Section> = [
  {
    letter: 'A',
    rows: [
      {
        id: 'A1',
        does: 'Tabs for every state of a conversation, each with its count',
        calls: ['session.conversations.list({ tab })', 'session.conversations.counts()'],
        tests: [
          kept('reading/pages', 'G44 counts are right after any downtime and any number of engines'),
          runtime('reading', 'of mentions is what calls for her'),
        ],
      },
      {
        id: 'A2',
        does: 'Open is what a person has to see to; a handover brings it there and silences the bots',
        calls: ['session.conversations.handOver(id, { reason })'],
        tests: [
          domain('decisions', 'are silent once the team has it'),
          kept('automation/failure', 'G40 a bot that is not there any more leaves nobody waiting'),
        ],
      },
      {
        id: 'A3',
        does: 'Snooze until a time: it comes back by itself then, or with the first answer',
        calls: ['session.conversations.snooze(id, { until })'],
        tests: [
          kept('lifecycle/snooze', 'G33 a snooze ends once, when it is due and not before'),
          domain('transitions', 'forgets the end of the snooze when it comes back'),
        ],
      },
      {
        id: 'A4',
        does: 'Closing gives control back to the bots; a customer who writes again opens it',
        calls: ['session.conversations.close(id)', 'session.conversations.reopen(id)'],
        tests: [
          domain('decisions', 'begin, hand over, and get it back when it is closed'),
          kept('lifecycle/inbound-policy', 'G34 by default a customer reopens what is pending or closed'),
        ],
      },
      {
        id: 'A5',
        does: 'Spam and back again; its sender is stored in silence',
        calls: ['session.conversations.spam(id)', 'session.conversations.notSpam(id)'],
        tests: [
          kept('people/blocking', 'G35 spam stays a status of its own: its sender is stored, in silence'),
          kept('lifecycle/inbound-policy', 'G34 spam is stored in silence'),
        ],
        later: 'finding spam by itself belongs to screener plugins; until then a host calls the same act',
      },
      {
        id: 'A6',
        does: 'Everything in one tab, also what bots saw to alone',
        calls: ["session.conversations.list({ tab: 'all' })", "session.conversations.list({ tab: 'automated' })"],
        tests: [kept('reading/sight', 'G42 whoever looks, every read agrees with the one policy on what is there')],
      },
      {
        id: 'A7',
        does: 'Handled and out of the way in one act; while it is not, what comes next goes to who took it alone',
        calls: ['session.conversations.archive(id)', 'session.conversations.claim(id)'],
        tests: [
          domain('decisions', 'an exclusive queue shows an owned conversation to those who are part of it'),
          kept(
            'distribution/returning',
            'G26 what comes back goes to its former owner while she is there and has room',
          ),
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
          shown('examples/inbox/test/api.test.ts', 'does what each act says'),
        ],
      },
    ],
  },
  {
    letter: 'B',
    rows: [
      {
        id: 'B1',
        does: 'One list over every channel, each with its mark',
        calls: ['session.conversations.list()'],
        tests: [kept('reading/pages', 'G44 pages are complete and without doubles')],
      },
      {
        id: 'B2',
        does: 'Unread for each agent; everything that a filter matches read in one act; unread again',
        calls: [
          'session.conversations.markRead(id)',
          'session.conversations.markUnread(id)',
          'session.conversations.markAllRead({ channel })',
        ],
        tests: [
          kept('reading/unread', 'G43 what one agent has read another has not'),
          kept('reading/unread', 'G43 marking everything as read is one call'),
        ],
      },
      {
        id: 'B3',
        does: 'Filter by channel, last word, tag, flag, owner, queue, department, state and time',
        calls: [
          'session.conversations.list({ tab, channel, lastBy, tag, flag, owner, queue, department, unread, from, to })',
        ],
        tests: [
          runtime('reading', 'is narrowed by everything that narrows a list'),
          runtime('reading', 'of a department is that of its queues'),
        ],
      },
      {
        id: 'B4',
        does: 'Search messages, subjects, contacts and tags; accents and case do not matter',
        calls: ['session.conversations.search(words)'],
        tests: [
          runtime('reading', 'finds messages, people and tags, whatever their accents and case'),
          shown('packages/storage-sqlite/test/lists.test.ts', 'G42 searches find what the store in memory finds'),
        ],
      },
      {
        id: 'B5',
        does: 'The whole history of a contact over channels, agents and departments',
        calls: ['session.contacts.history(contact)'],
        tests: [
          kept('people/knowing', 'G42 of a contact that is seen, what was said elsewhere stays hidden'),
          kept('reading/sight', 'G42 whoever looks, every read agrees with the one policy on what is there'),
        ],
      },
      {
        id: 'B6',
        does: 'A whole conversation as text, as a page for print, or as JSON',
        calls: ["session.conversations.transcript(id, { as: 'html', notes, timeZone })"],
        tests: [
          kept('reading/transcripts', 'G46 a transcript as text tells who said what and when'),
          kept('reading/transcripts', 'G46 a transcript as HTML is a whole page'),
          kept('reading/transcripts', 'G46 a transcript as JSON is the conversation as data'),
        ],
      },
    ],
  },
  {
    letter: 'C',
    rows: [
      {
        id: 'C1',
        does: 'Begin a conversation: account, contact or address, subject, copies, and whose box gets the answers',
        calls: ['session.conversations.start({ account, to, subject, cc, replyTo, text })'],
        tests: [
          kept('writing/start', 'G01 conversations that agents start and messages that come in'),
          runtime('start', 'reaches a known contact where she writes from'),
          shown(
            'packages/channel-email/test/engine.test.ts',
            'sends answers to the box of the agent who asked for that',
          ),
        ],
      },
      {
        id: 'C2',
        does: 'Plain text, and HTML where the channel has it; emoji',
        calls: ['session.conversations.reply(id, { text, html })'],
        tests: [
          shown('packages/channel-email/test/outbound.test.ts', 'carries safe HTML beside its text'),
          domain('decisions', 'keeps to what the channel carries'),
        ],
      },
      {
        id: 'C3',
        does: 'Files, as many and of the kinds that the channel takes',
        calls: ['session.conversations.reply(id, { text, files: [{ name, mime, bytes }] })'],
        tests: [
          runtime('facade', 'of a forbidden type is refused, and its file is not kept'),
          shown('examples/inbox/test/desk.test.ts', 'sends files with an answer, three at most'),
        ],
      },
      {
        id: 'C4',
        does: 'Templates with categories and languages, searched; managed by permission; made of a message',
        calls: [
          'session.templates.find({ words, category, language, channel })',
          'session.templates.put({ title, scope, text })',
          'session.templates.fromMessage(id, message, { title, scope })',
        ],
        tests: [
          kept('writing/templates', 'G49 templates are found by those they are for'),
          kept('writing/templates', 'G49 templates are changed by those who may'),
        ],
      },
      {
        id: 'C5',
        does: 'Variables filled from contact, agent and conversation, with fallbacks',
        calls: ['session.templates.fill(template, id)'],
        tests: [
          kept('writing/templates', 'G49 a variable that does not exist is refused by name'),
          domain('templates', 'fills a variable with its value, its fallback, or nothing'),
        ],
      },
      {
        id: 'C6',
        does: 'Call for colleagues by name; the customer reads the words as they stand',
        calls: ['session.conversations.reply(id, { text, mentions })'],
        tests: [
          domain('rich-parts', 'names each once, is among what mentions them, and reaches the customer as it stands'),
        ],
      },
      {
        id: 'C7',
        does: 'Slash commands: quote, rename, id, template, note, and those of a host',
        calls: ["session.slash.run(id, '/rename Lost parcel')", 'session.slash.list()'],
        tests: [
          runtime('slash', 'renames, notes, quotes, tells the id and inserts a template'),
          runtime('slash', 'act as who typed them, beside the built-in ones'),
        ],
      },
      {
        id: 'C8',
        does: 'Forms in the chat, whose answers land on the contact',
        calls: ["session.conversations.reply(id, { parts: [{ _tag: 'Form', form }] })"],
        tests: [
          kept('inbound/answers', 'G06 an answer to a form is stored and on the contact at once'),
          kept('inbound/answers', 'G06 an answer that does not fit its form is rejected with what to change'),
          shown('packages/channel-livechat/test/parts.test.ts', 'a form arrives without where its answers go'),
        ],
      },
      {
        id: 'C9',
        does: 'Offers: products, payment links, company details; as words where a channel does not show them',
        calls: ["session.conversations.reply(id, { parts: [{ _tag: 'PaymentLink', title, price, url }] })"],
        tests: [
          kept('inbound/answers', 'G32 a reply with an offer that makes no sense is refused'),
          domain('rich-parts', 'are written out in their places where the channel does not show them'),
        ],
      },
      {
        id: 'C10',
        does: 'Notes that colleagues alone see',
        calls: ['session.conversations.note(id, { text, mentions })'],
        tests: [
          shown(
            'packages/channel-livechat/test/engine.test.ts',
            'edits and deletions reach the visitor, notes never do',
          ),
          shown('examples/inbox/test/mail.test.ts', 'a note never reaches the mailbox'),
        ],
      },
      {
        id: 'C11',
        does: 'Messages for later, at a time on the clock of the contact; changed, cancelled, dropped when they write',
        calls: [
          'session.conversations.schedule(id, { at: { date, minute }, text, unlessTheyWrite })',
          'session.conversations.scheduled(id)',
          'session.conversations.changeSchedule(id, { schedule, at, text })',
          'session.conversations.cancelSchedule(id, { schedule })',
        ],
        tests: [
          kept('writing/scheduled', 'G21 a scheduled message leaves once, when it is due and not before'),
          kept('writing/scheduled', 'G21 a scheduled message stands in the clock of the contact'),
          kept('writing/scheduled', 'G21 a scheduled message can be changed and cancelled until it leaves'),
        ],
      },
    ],
  },
  {
    letter: 'F',
    rows: [
      {
        id: 'F1',
        does: 'Quote, edit, delete and react to one message',
        calls: [
          'session.conversations.reply(id, { text, quote })',
          'session.conversations.edit(id, { message, text })',
          'session.conversations.deleteMessage(id, { message })',
          'session.conversations.react(id, { message, emoji })',
        ],
        tests: [
          runtime('facade', 'is edited, and deleted for good with its files'),
          shown('packages/channel-email/test/outbound.test.ts', 'quotes the message that it quotes'),
          runtime('together', 'stands beside its message, one of each'),
        ],
      },
      {
        id: 'F2',
        does: 'Make a task or an event of a message',
        calls: [],
        tests: [],
        later: 'tasks and calendars belong to record plugins',
      },
      {
        id: 'F3',
        does: 'Talk about it among colleagues, with the message quoted; talk among colleagues at all',
        calls: ['session.conversations.discuss({ title, participants, text, about: { conversation, message } })'],
        tests: [
          runtime('inside', 'is about a message, which it quotes, with all who have to do with that'),
          runtime('inside', 'is seen by who is part of it, has a tab of its own, and counts exactly'),
        ],
      },
      {
        id: 'F4',
        does: 'Move a message to a conversation of its own, and end the one it leaves',
        calls: ['session.conversations.split(id, { message, following, close })'],
        tests: [
          kept('together/moving', 'G38 a message that is moved keeps its id, its files and its time'),
          domain('moving', 'closes what it leaves only when it is asked to, in the same act'),
        ],
      },
      {
        id: 'F5',
        does: 'Keep what a message says as a template',
        calls: ['session.templates.fromMessage(id, message, { title, scope })'],
        tests: [runtime('templates', 'are made from what a message says')],
      },
    ],
  },
]
