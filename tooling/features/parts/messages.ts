import { type Section, desk, domain, kept, runtime, shown } from '../row.ts'

export const messages: Section = {
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
        kept('beside/reactions', 'G17 a reaction leaves once, for the message that it stands beside'),
        desk('thread', 'a message can be quoted, reacted to, edited where the channel can, deleted, and copied'),
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
        desk('thread', 'a message becomes a template, a talk among colleagues, or a conversation of its own'),
      ],
    },
    {
      id: 'F4',
      does: 'Move a message to a conversation of its own, and end the one it leaves',
      calls: ['session.conversations.split(id, { message, following, close })'],
      tests: [
        kept('together/moving', 'G38 a message that is moved keeps its id, its files and its time'),
        domain('moving', 'closes what it leaves only when it is asked to, in the same act'),
        desk('thread', 'a message becomes a template, a talk among colleagues, or a conversation of its own'),
      ],
    },
    {
      id: 'F5',
      does: 'Keep what a message says as a template',
      calls: ['session.templates.fromMessage(id, message, { title, scope })'],
      tests: [
        runtime('templates', 'are made from what a message says'),
        desk('thread', 'a message becomes a template, a talk among colleagues, or a conversation of its own'),
      ],
    },
  ],
}
