import { type Section, desk, domain, kept, runtime } from '../row.ts'

export const translation: Section = {
  letter: 'H',
  rows: [
    {
      id: 'H1',
      does: 'Messages in and out are translated beside the original, and one sees that it is under way',
      calls: [
        'session.conversations.setTranslation(id, { translation: { team, customer } })',
        'session.conversations.timeline(id)',
      ],
      tests: [
        runtime('translation', 'stands in the team’s language beside the original, pending until then'),
        kept('languages/translation', 'G41 what a customer writes stands beside its translation'),
        kept('languages/translation', 'G41 an answer leaves in the customer’s language'),
        domain('translation', 'is what the customer writes and what is edited'),
        desk('thread', 'German is read in French, turned to the original, and the answer leaves in German'),
      ],
    },
    {
      id: 'H2',
      does: 'Languages are found out and kept on the contact',
      calls: ['workspace.accounts.put({ id, channel, queue, translate })', 'session.contacts.get(contact)'],
      tests: [
        runtime('translation', 'teaches the language of the conversation and of the contact'),
        desk('thread', 'German is read in French, turned to the original'),
      ],
    },
  ],
}
