import { type Section, desk, domain, kept, runtime, shown } from '../row.ts'

export const contacts: Section = {
  letter: 'D',
  rows: [
    {
      id: 'D1',
      does: 'Who it is: name, picture, addresses, language, since when, from where, and the link to the full record',
      calls: ['session.contacts.get(contact)'],
      tests: [
        runtime('contacts', 'is provisional, knows what the channel knows, and is added or ignored'),
        kept('beside/profiles', 'G32 what a provider says of somebody fills gaps'),
        desk('people', 'a contact is edited in place'),
      ],
    },
    {
      id: 'D2',
      does: 'Kind, currency, country, time zone, last activity; browser, page, IP and place as the channel knows them',
      calls: ['session.contacts.get(contact)', 'session.contacts.edit(contact, { kind, country, currency, timeZone })'],
      tests: [
        domain('contact/decide', 'keeps what was not named, and writes down what people mean'),
        kept('people/knowing', 'G42 a contact is known to who sees one of its conversations'),
        desk('people', 'an address is copied by a click'),
      ],
    },
    {
      id: 'D3',
      does: 'Give a conversation to a department; see what each queue has in hand',
      calls: [
        'workspace.departments.put({ id, name, queue })',
        'session.conversations.transfer(id, { to: { department } })',
        'session.queues.overview()',
      ],
      tests: [
        runtime('counter', 'to a department goes to its queue, and who has passed it on sees it no longer'),
        runtime('counter', 'is shown to its people with who is there, and nothing of it to others'),
        desk('people', 'department, queue and priority are changed from a list'),
      ],
    },
    {
      id: 'D4',
      does: 'Remarks on a contact, notes in a conversation',
      calls: ['session.contacts.remark(contact, text)', 'session.conversations.note(id, { text })'],
      tests: [
        domain('contact/decide', 'are taken back by whoever wrote them, and by who may edit contacts'),
        runtime('contacts', "are everybody's who sees the contact, and are taken back by their author"),
        desk('people', 'remarks stay with the contact, notes with the conversation'),
      ],
    },
    {
      id: 'D5',
      does: 'Tags with what they mean, renamed and removed everywhere; never a condition of routing',
      calls: [
        'session.tags.put({ id, about, hue })',
        'session.tags.rename(tag, to)',
        'session.tags.list()',
        'session.conversations.tag(id, { tags })',
      ],
      tests: [
        runtime('together', 'renames and removes everywhere, as work, for who may, and writes it down'),
        domain('check-rules', 'refuse tags, and say that tags cannot route'),
        desk('screens', 'a tag gets a colour and a description, is renamed everywhere'),
      ],
    },
    {
      id: 'D6',
      does: 'Make a ticket, task, meeting or deal of a conversation',
      calls: [],
      tests: [],
      later: 'records of other systems belong to record plugins',
    },
    {
      id: 'D7',
      does: 'Call the contact from the conversation',
      calls: [],
      tests: [],
      later: 'telephony belongs to call plugins',
    },
    {
      id: 'D8',
      does: 'Edit a contact, for who may',
      calls: ['session.contacts.edit(contact, { phones, recordUrl })'],
      tests: [
        domain('contact/decide', 'what goes beyond remarks takes a permission'),
        desk('people', 'a contact is edited in place'),
      ],
    },
    {
      id: 'D9',
      does: 'Somebody unknown: add, answer, or ignore',
      calls: ['session.contacts.add(contact, { kind })', 'session.contacts.ignore(contact)'],
      tests: [
        domain('contact/decide', 'is added with what is known, and is not provisional again'),
        domain('contact/decide', 'is ignored once; somebody who was added is not'),
        desk('people', 'an unknown sender is added with what does not fit said at its field'),
      ],
    },
    {
      id: 'D10',
      does: 'Write to a contact on any channel that reaches them',
      calls: ['session.conversations.start({ account, to: { contact }, text })'],
      tests: [
        runtime('start', 'reaches a known contact where she writes from'),
        shown(
          'packages/channel-email/test/engine.test.ts',
          'G14 sends the first mail of a conversation that an agent starts',
        ),
        desk('writing', 'a new conversation begins with a name or an address'),
        desk('approved-templates', 'the first word to somebody on WhatsApp is an approved template'),
      ],
      later: 'calls come with call plugins',
    },
    {
      id: 'D11',
      does: 'A handover asks for contact details and writes them down; bookings and the like are attributes',
      calls: [
        'workspace.accounts.put({ id, channel, queue, bots, handover: { ask, waitMs } })',
        'session.conversations.handOver(id)',
        'session.conversations.setAttributes(id, { attributes })',
      ],
      tests: [
        kept('automation/handover', 'G40 a handover asks for the details that lack'),
        runtime('bots', 'asks first name and email by default'),
        domain('conversation-attributes', 'attributes are set and removed, and what stays is not written again'),
        desk('assistant', 'asks for the order by a form and for contact details, and hands over with them'),
      ],
    },
  ],
}
