import { type Section, desk, kept, runtime } from '../row.ts'

export const beyond: Section = {
  letter: 'K',
  rows: [
    {
      id: 'K2',
      does: 'Promises over business hours; priorities, capacity, shifts and leave',
      calls: [
        'workspace.slaPolicies.put({ id, name, when, firstResponse, nextResponse, resolution, hours })',
        'workspace.hours.put({ id, name, timeZone, week, holidays })',
        'workspace.agents.put({ id, name, role, queues, capacity, shift, absences })',
        "session.conversations.setPriority(id, { priority: 'high' })",
      ],
      tests: [
        kept('lifecycle/sla', 'G33 promises count business time'),
        kept('distribution/priority', 'G25 the higher priority is served first'),
        runtime('who-is-there', 'decide who is there: nobody is given anything before her shift or on her leave'),
        desk('list', 'late, urgent and kept stand on the row'),
      ],
    },
    {
      id: 'K3',
      does: 'Who looks and who types; drafts are kept',
      calls: [
        'session.conversations.look(id)',
        'session.conversations.watchers(id)',
        'session.conversations.typing(id, true)',
        'session.onTyping(listener)',
        'session.conversations.saveDraft(id, text)',
        'session.conversations.draft(id)',
      ],
      tests: [
        kept('together/watching', 'G31 who looks at a conversation and who writes there is seen by colleagues'),
        kept('together/watching', 'G31 an answer to what has changed since it was read is refused'),
        kept('beside/shown', 'G31 a customer sees who writes an answer'),
        desk('two-agents', 'a draft survives going elsewhere and a reload'),
        desk('counter', 'who looks and who writes stands on the row'),
        desk('thread', 'a send is stopped when something came unseen'),
      ],
    },
    {
      id: 'K4',
      does: 'Merge and split conversations; merge contacts, and undo it',
      calls: [
        'session.conversations.merge(id, { into })',
        'session.conversations.split(id, { message })',
        'session.contacts.merge(contact, { into })',
        'session.contacts.undoMerge(contact, { merged })',
      ],
      tests: [
        kept('together/merging', 'G37 what is asked of a conversation that was merged'),
        kept('people/merging', 'G37 a merge is undone to what was, and what was changed since stays'),
        desk('people', 'two contacts are merged after a look at what is gained, and it is undone'),
        desk('people', 'two conversations of a contact become one'),
        desk('finding', 'the old address of a conversation that was merged leads on'),
      ],
    },
    {
      id: 'K5',
      does: 'Custom attributes, saved views, and one act on many',
      calls: [
        'workspace.attributes.put({ id, name, on, kind })',
        'session.conversations.setAttributes(id, { attributes })',
        'session.views.put({ name, filter, shared })',
        "session.conversations.bulk(ids, { _tag: 'Close' })",
      ],
      tests: [
        runtime('contacts', 'are defined, checked on contacts and conversations, and stay what they are'),
        runtime('together', 'are of one or of all, filter by anything a list can'),
        runtime('together', 'does one thing to many, each on its own, and says what became of each'),
        desk('people', 'custom attributes have the control that fits'),
        desk('list', 'one command on many: what is refused is named with its reason'),
        desk('bulk', 'puts them in wait until the time that is chosen'),
        desk('list', 'filters are chosen in one place, stand as chips, and are kept as a view with its count'),
      ],
    },
    {
      id: 'K6',
      does: 'Export and erase a person, let old things go, bring history in, and read the journal of everything',
      calls: [
        'session.contacts.export(contact)',
        'session.contacts.erase(contact)',
        'workspace.retention.put({ closedDays, spamDays, archivedDays })',
        'workspace.retention.run()',
        'workspace.import({ account, externalId, source, from, status, messages })',
        'workspace.feed({ since, signal })',
      ],
      tests: [
        kept('people/erasing', 'G46 an erased contact is nowhere any more'),
        kept('people/erasing', 'G46 an export holds what is known of a contact'),
        kept('keeping/retention', 'G46 retention runs once a day'),
        kept('keeping/import', 'G02 history that is imported again'),
        kept('reading/feed', 'G45 whoever reads from a position'),
        desk('people', 'all there is about a contact is downloaded, and erased'),
      ],
    },
  ],
}
