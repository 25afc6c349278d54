import { type Section, desk, kept, runtime, shown } from '../row.ts'

export const reading: Section = {
  letter: 'B',
  rows: [
    {
      id: 'B1',
      does: 'One list over every channel, each with its mark',
      calls: ['session.conversations.list()'],
      tests: [
        kept('reading/pages', 'G44 pages are complete and without doubles'),
        desk('mail', 'a mail becomes a conversation, the answer comes back by SMTP'),
      ],
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
        desk('keys', 'u goes back to the list, o opens, and Shift and u marks as unread'),
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
        desk('desk', 'narrows by unread, by owner and by queue'),
      ],
    },
    {
      id: 'B4',
      does: 'Search messages, subjects, contacts and tags; accents and case do not matter',
      calls: ['session.conversations.search(words)'],
      tests: [
        runtime('reading', 'finds messages, people and tags, whatever their accents and case'),
        shown('packages/storage-sqlite/test/lists.test.ts', 'G42 searches find what the store in memory finds'),
        desk('screens', 'search finds messages, contacts and tags by the keyboard'),
        desk('finding', 'a hit of the search leads to its message, however far back'),
      ],
    },
    {
      id: 'B5',
      does: 'The whole history of a contact over channels, agents and departments',
      calls: ['session.contacts.history(contact)'],
      tests: [
        kept('people/knowing', 'G42 of a contact that is seen, what was said elsewhere stays hidden'),
        kept('reading/sight', 'G42 whoever looks, every read agrees with the one policy on what is there'),
        desk('screens', 'contacts are found by words, and one shows its whole history over all channels'),
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
        desk('thread', 'prints a conversation, with its notes or without'),
      ],
    },
  ],
}
