import { type Section, desk, domain, kept, runtime, shown } from '../row.ts'

export const writing: Section = {
  letter: 'C',
  rows: [
    {
      id: 'C1',
      does: 'Begin a conversation: account, contact or address, subject, copies, and whose box gets the answers',
      calls: ['session.conversations.start({ account, to, subject, cc, replyTo, text })'],
      tests: [
        kept('writing/start', 'G01 conversations that agents start and messages that come in'),
        runtime('start', 'reaches a known contact where she writes from'),
        shown('packages/channel-email/test/engine.test.ts', 'sends answers to the box of the agent who asked for that'),
        desk('writing', 'a new conversation begins with a name or an address'),
      ],
    },
    {
      id: 'C2',
      does: 'Plain text, and HTML where the channel has it; emoji',
      calls: ['session.conversations.reply(id, { text, html })'],
      tests: [
        shown('packages/channel-email/test/outbound.test.ts', 'carries safe HTML beside its text'),
        domain('decisions', 'keeps to what the channel carries'),
        desk('writing', 'an at-sign calls for a colleague in a note, and a colon finds an emoji'),
      ],
    },
    {
      id: 'C3',
      does: 'Files, as many and of the kinds that the channel takes',
      calls: ['session.conversations.reply(id, { text, files: [{ name, mime, bytes }] })'],
      tests: [
        runtime('facade', 'of a forbidden type is refused, and its file is not kept'),
        desk('desk', 'sends files with an answer, three at most'),
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
        desk('writing', 'a slash finds a template, shows it filled for this customer'),
      ],
    },
    {
      id: 'C5',
      does: 'Variables filled from contact, agent and conversation, with fallbacks',
      calls: ['session.templates.fill(template, id)'],
      tests: [
        kept('writing/templates', 'G49 a variable that does not exist is refused by name'),
        domain('templates', 'fills a variable with its value, its fallback, or nothing'),
        desk('writing', 'a slash finds a template, shows it filled for this customer'),
      ],
    },
    {
      id: 'C6',
      does: 'Call for colleagues by name; the customer reads the words as they stand',
      calls: ['session.conversations.reply(id, { text, mentions })'],
      tests: [
        domain('rich-parts', 'names each once, is among what mentions them, and reaches the customer as it stands'),
        desk('writing', 'an at-sign calls for a colleague in a note'),
      ],
    },
    {
      id: 'C7',
      does: 'Slash commands: quote, rename, id, template, note, and those of a host',
      calls: ["session.slash.run(id, '/rename Lost parcel')", 'session.slash.list()'],
      tests: [
        runtime('slash', 'renames, notes, quotes, tells the id and inserts a template'),
        runtime('slash', 'act as who typed them, beside the built-in ones'),
        desk('writing', 'slash commands run: a title for colleagues'),
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
        desk('writing', 'forms, choices, offers and places go beside the words'),
        desk('forms', 'its answers are on the contact, and stand in the desk under what was asked'),
      ],
    },
    {
      id: 'C9',
      does: 'Offers: products, payment links, company details; as words where a channel does not show them',
      calls: ["session.conversations.reply(id, { parts: [{ _tag: 'PaymentLink', title, price, url }] })"],
      tests: [
        kept('inbound/answers', 'G32 a reply with an offer that makes no sense is refused'),
        domain('rich-parts', 'are written out in their places where the channel does not show them'),
        desk('writing', 'forms, choices, offers and places go beside the words'),
      ],
    },
    {
      id: 'C10',
      does: 'Notes that colleagues alone see',
      calls: ['session.conversations.note(id, { text, mentions })'],
      tests: [
        shown('packages/channel-livechat/test/engine.test.ts', 'edits and deletions reach the visitor, notes never do'),
        desk('mail', 'a note never reaches the mailbox'),
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
        desk('writing', 'an answer can wait for its time, be changed, taken back'),
      ],
    },
  ],
}
