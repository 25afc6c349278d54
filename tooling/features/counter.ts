import { type Section, domain, kept, runtime, shown } from './row.ts'

/** What stands behind the conversations: contacts, queues and people, bots and translators, figures, the long run. */
export const counter: ReadonlyArray<Section> = [
  {
    letter: 'D',
    rows: [
      {
        id: 'D1',
        does: 'Who it is: name, picture, addresses, language, since when, from where, and the link to the full record',
        calls: ['session.contacts.get(contact)'],
        tests: [runtime('contacts', 'is provisional, knows what the channel knows, and is added or ignored')],
      },
      {
        id: 'D2',
        does: 'Kind, currency, country, time zone, last activity; browser, page, IP and place as the channel knows them',
        calls: [
          'session.contacts.get(contact)',
          'session.contacts.edit(contact, { kind, country, currency, timeZone })',
        ],
        tests: [
          domain('contact/decide', 'keeps what was not named, and writes down what people mean'),
          kept('people/knowing', 'G42 a contact is known to who sees one of its conversations'),
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
        ],
      },
      {
        id: 'D4',
        does: 'Remarks on a contact, notes in a conversation',
        calls: ['session.contacts.remark(contact, text)', 'session.conversations.note(id, { text })'],
        tests: [
          domain('contact/decide', 'are taken back by whoever wrote them, and by who may edit contacts'),
          runtime('contacts', 'are everybody’s who sees the contact, and are taken back by their author'),
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
        tests: [domain('contact/decide', 'what goes beyond remarks takes a permission')],
      },
      {
        id: 'D9',
        does: 'Somebody unknown: add, answer, or ignore',
        calls: ['session.contacts.add(contact, { kind })', 'session.contacts.ignore(contact)'],
        tests: [
          domain('contact/decide', 'is added with what is known, and is not provisional again'),
          domain('contact/decide', 'is ignored once; somebody who was added is not'),
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
        ],
        later: 'as far as there are channels: SMS comes with its channel, calls with call plugins',
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
        ],
      },
    ],
  },
  {
    letter: 'E',
    rows: [
      {
        id: 'E1',
        does: 'Rules lead what comes in to a queue, whose people all see it, and the journal says why',
        calls: ['workspace.routing.put([{ id, name, when, to: { queue, priority } }])'],
        tests: [
          runtime('distribution', 'leads a new conversation by the first rule that holds, and the journal explains it'),
          domain('routing', 'goes by the first rule that matches'),
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
        ],
      },
      {
        id: 'E3',
        does: 'Who answers first has it, and in an exclusive queue the others see it no longer',
        calls: ['session.conversations.reply(id, { text })'],
        tests: [
          kept('ownership/claim', 'G29 of simultaneous replies in ${kind} queue the first owns'),
          domain('decisions', 'an exclusive queue shows an owned conversation to those who are part of it'),
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
        ],
      },
      {
        id: 'E5',
        does: 'Transfer to somebody found by name or extension, to a queue, or to another account',
        calls: ['session.people.find(text, { queue })', 'session.conversations.transfer(id, { to: { agent } })'],
        tests: [
          runtime('counter', 'is found by name without accents, by extension and by id'),
          domain('decisions', 'who transfers it hands it over entirely'),
          runtime('counter', 'to another account is answered from there'),
        ],
      },
      {
        id: 'E6',
        does: 'Assign one or several',
        calls: ['session.conversations.assign(id, { agents })', 'session.conversations.unassign(id, { agents })'],
        tests: [
          kept('ownership/assign', 'G30 nobody is assigned who could not answer there'),
          domain('decisions', 'several may be assigned; the first owns it'),
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
        ],
      },
      {
        id: 'E8',
        does: 'A department gets the conversation',
        calls: ['session.conversations.transfer(id, { to: { department } })'],
        tests: [domain('distribution-decisions', 'to a department goes to its queue')],
      },
    ],
  },
  {
    letter: 'G',
    rows: [
      {
        id: 'G1',
        does: 'Silence one bot in one conversation and let it speak again; ask one now; give it back to them',
        calls: [
          'session.conversations.blockBot(id, { bot })',
          'session.conversations.unblockBot(id, { bot })',
          'session.conversations.runBot(id, { bot })',
          'session.conversations.giveToBot(id)',
        ],
        tests: [
          kept('automation/gate', 'G39 a blocked bot is not asked, the next one is'),
          kept('automation/gate', 'G39 a bot that is run by hand answers once, whoever has control'),
        ],
      },
    ],
  },
  {
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
          runtime('translation', 'leaves in the customer’s language, and keeps the original'),
          domain('translation', 'is what the customer writes and what is edited'),
        ],
      },
      {
        id: 'H2',
        does: 'Languages are found out and kept on the contact',
        calls: ['workspace.accounts.put({ id, channel, queue, translate })', 'session.contacts.get(contact)'],
        tests: [runtime('translation', 'teaches the language of the conversation and of the contact')],
      },
    ],
  },
  {
    letter: 'I',
    rows: [
      {
        id: 'I3',
        does: 'Figures by tag, department, queue, agent, channel or day: volume, answers, load, what bots contain; CSV',
        calls: ['session.report({ from, to, by })'],
        tests: [
          kept('reading/reports', 'G36 a report says what the journal says'),
          kept('reading/reports', 'G42 a report counts what its viewer may see'),
          kept('reading/reports', 'G36 a report as CSV holds other people’s words as words'),
        ],
      },
    ],
  },
  {
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
          runtime('distribution', 'decide who is there: nobody is given anything before her shift or on her leave'),
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
          shown('examples/inbox/test/two-agents.test.ts', 'a draft survives going elsewhere and a reload'),
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
        ],
      },
    ],
  },
]
