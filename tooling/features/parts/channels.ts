import { type Section, desk, runtime, shown } from '../row.ts'

const put = 'workspace.accounts.put({ id, channel, queue, settings })'
const receive = 'engine.receive(account, request)'
const reply = 'session.conversations.reply(id, { text })'

export const channels: Section = {
  letter: 'J',
  rows: [
    {
      id: 'J1',
      does: 'Mail by SMTP, in and out, in threads',
      calls: [put],
      tests: [
        shown('packages/channel-email/test/engine.test.ts', 'G14 makes a conversation of a mail, sends the answer'),
        shown('packages/channel-email/test/server.test.ts', 'G06 answers 250 only after the mail has been stored'),
        desk('mail', 'a mail becomes a conversation, the answer comes back by SMTP'),
      ],
      later: 'mailboxes by IMAP, and mail that a provider brings by webhook',
    },
    {
      id: 'J2',
      does: 'SMS and MMS by Twilio, Telnyx, Vonage, Bird, Plivo, Sinch, AWS, or an SMSC over SMPP',
      calls: [put, receive, reply],
      tests: [
        shown('packages/channel-sms/test/providers.test.ts', 'G18 answers, and follows what becomes of the answer'),
        shown('packages/channel-sms/test/guarantees.test.ts', 'G19 nothing leaves to who has said STOP'),
        desk('phone', 'sms: after STOP nothing leaves, until START'),
      ],
    },
    {
      id: 'J3',
      does: 'WhatsApp by the Cloud API, with its window of a day and the templates that may leave after it',
      calls: [put, receive, 'session.conversations.canSend(id)'],
      tests: [
        shown('packages/channel-whatsapp/test/engine.test.ts', 'takes a message in, answers, and hears what becomes'),
        shown('packages/channel-whatsapp/test/engine.test.ts', 'G18 only moves forward, whatever comes late'),
        desk('approved-templates', 'one is filled in, shown as it will be read, and leaves when nothing is missing'),
      ],
    },
    {
      id: 'J4',
      does: 'Messenger and Instagram, with their windows and what a page says elsewhere',
      calls: [put, receive, 'session.conversations.canSend(id)'],
      tests: [
        shown('packages/channel-messenger/test/engine.test.ts', 'makes a conversation of a message, sends the answer'),
        shown('packages/channel-messenger/test/engine.test.ts', 'receives a story reply, and answers within'),
        desk('phone-page', 'a customer writes by hand, an agent answers, and what is seen is reported'),
      ],
    },
    {
      id: 'J5',
      does: 'A chat on a web site: a widget, who visits and from where, who is there and who writes',
      calls: [put],
      tests: [
        shown('packages/channel-livechat/test/engine.test.ts', 'a visitor writes, Ana answers, and each sees'),
        shown('packages/channel-livechat/test/engine.test.ts', 'G02 G45 cut at any point, nothing is lost'),
        shown('packages/channel-livechat/test/widget.test.ts', 'is opened, used and closed by keyboard only'),
        desk('chat', 'the visitor writes, Ana sees it arrive and answers, the visitor reads it'),
      ],
    },
    {
      id: 'J6',
      does: 'Colleagues among themselves',
      calls: ['session.conversations.discuss({ title, participants, text })', 'session.conversations.counts()'],
      tests: [
        runtime('inside', 'is seen by who is part of it, has a tab of its own, and counts exactly'),
        desk('thread', 'a message becomes a template, a talk among colleagues, or a conversation of its own'),
      ],
    },
    {
      id: 'J7',
      does: 'Any other channel, as a plugin of about 100 lines',
      calls: [put, receive],
      tests: [
        shown('tooling/test/telegram.test.ts', 'the channel of the page has at most 100 lines'),
        shown('tooling/test/telegram.test.ts', 'what a customer writes is answered, in as many pieces as it takes'),
      ],
    },
  ],
}
