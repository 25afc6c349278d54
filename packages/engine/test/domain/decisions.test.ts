import { advance, filesOf, place, previewOf, queued, requeued } from '@guichet/engine/domain'
import { describe, expect, it } from 'vitest'
import { after, by, channel, facts, fromCustomer, given, now, opened, receive, start, step, text } from './shop.ts'

describe('answering', () => {
  it('takes the conversation where the queue says so, in one entry', () => {
    const { state, entries } = step(opened(), { _tag: 'Reply', parts: text('Bonjour !') }, by('ana'))
    expect(entries).toHaveLength(1)
    expect(state).toMatchObject({
      owner: 'ana',
      assignees: ['ana'],
      lastMessage: { by: 'agent', preview: 'Bonjour !' },
    })
  })

  it('leaves it unowned where the queue does not', () => {
    const calm = after(opened(), { _tag: 'Transfer', to: { queue: 'calm' } }, by('chloe'))
    expect(after(calm, { _tag: 'Reply', parts: text('Bonjour !') }, by('chloe')).owner).toBeNull()
  })

  it('is refused with the name of whoever was faster', () => {
    const owned = after(opened(), { _tag: 'Reply', parts: text('Bonjour !') }, by('ana'))
    expect(step(owned, { _tag: 'Reply', parts: text('Hello') }, by('ben')).refusal).toEqual({
      _tag: 'AlreadyOwned',
      owner: 'ana',
    })
  })

  it('is open to colleagues who were invited', () => {
    const owned = after(opened(), { _tag: 'Claim' }, by('ana'))
    const invited = after(owned, { _tag: 'Invite', agents: ['dan'] }, by('ana'))
    expect(after(invited, { _tag: 'Reply', parts: text('Le colis est là.') }, by('dan')).owner).toBe('ana')
  })

  it('is refused when a message came that the writer has not seen', () => {
    const busy = after(opened(), receive('Et aussi…'), fromCustomer())
    const reply = { _tag: 'Reply', parts: text('Oui'), expectedLastMessage: 1 } as const
    expect(step(busy, reply, by('ana')).refusal).toEqual({ _tag: 'Unseen', expected: 1, actual: 2 })
  })

  it('takes control from the bots', () => {
    const account = { ...facts().account, bots: true }
    const automated = opened({ account })
    expect(automated.control).toBe('bot')
    expect(after(automated, { _tag: 'Reply', parts: text('Bonjour') }, by('ana', { account })).control).toBe('team')
  })

  it('needs a word or a file', () => {
    expect(step(opened(), { _tag: 'Reply', parts: text('  \n ') }, by('ana')).refusal).toEqual({ _tag: 'Empty' })
  })

  it('leaves nobody out in silence: a copy needs a channel that has copies', () => {
    const copied = { _tag: 'Reply', parts: text('Bonjour'), cc: ['tom@example.org'] } as const
    expect(step(opened(), copied, by('ana')).refusal).toBeNull()
    const alone = by('ana', { channel: { ...channel, cc: false } })
    expect(step(opened(), copied, alone).refusal).toEqual({ _tag: 'Unsupported', feature: 'cc' })
    expect(step(opened(), { ...copied, cc: [] }, alone).refusal).toBeNull()
  })

  it('keeps to what the channel carries', () => {
    const file = (name: string, mime: string, size: number) =>
      ({ _tag: 'File', file: { blob: name, name, mime, size } }) as const
    const reply = (...parts: ReadonlyArray<ReturnType<typeof file>>) =>
      step(opened(), { _tag: 'Reply', parts }, by('ana')).refusal
    expect(reply(file('a.png', 'image/png', 10))).toBeNull()
    expect(reply(file('a.exe', 'application/x-msdownload', 10))).toEqual({
      _tag: 'FileTypeForbidden',
      name: 'a.exe',
      mime: 'application/x-msdownload',
    })
    expect(reply(file('a.pdf', 'application/pdf', 2_000_000))).toMatchObject({ _tag: 'FileTooLarge', max: 1_000_000 })
    const four = [1, 2, 3, 4].map((n) => file(`${n}.png`, 'image/png', 1))
    expect(reply(...four)).toEqual({ _tag: 'TooManyFiles', files: 4, max: 3 })
    expect(step(opened(), { _tag: 'Reply', parts: text('x'.repeat(1_001)) }, by('ana')).refusal).toEqual({
      _tag: 'TextTooLong',
      length: 1_001,
      max: 1_000,
    })
  })
})

describe('owning', () => {
  const owned = () => after(opened(), { _tag: 'Claim' }, by('ana'))

  it('a second claim is refused with the owner', () => {
    expect(step(owned(), { _tag: 'Claim' }, by('ben')).refusal).toEqual({ _tag: 'AlreadyOwned', owner: 'ana' })
  })

  it('a colleague may take over, and the former owner has it no longer', () => {
    expect(after(owned(), { _tag: 'TakeOver' }, by('ben'))).toMatchObject({ owner: 'ben', assignees: ['ben'] })
  })

  it('what is locked is taken over by a manager only', () => {
    const locked = after(owned(), { _tag: 'Lock' }, by('ana'))
    expect(step(locked, { _tag: 'TakeOver' }, by('ben')).refusal).toEqual({ _tag: 'Locked', owner: 'ana' })
    expect(after(locked, { _tag: 'TakeOver' }, by('chloe'))).toMatchObject({ owner: 'chloe', locked: false })
  })

  it('released, it waits in its queue', () => {
    expect(after(owned(), { _tag: 'Release' }, by('ana'))).toMatchObject({
      owner: null,
      assignees: [],
      queue: 'service',
    })
  })

  it('is released by its owner or a manager', () => {
    expect(step(owned(), { _tag: 'Release' }, by('ben')).refusal).toEqual({ _tag: 'NotOwner', owner: 'ana' })
  })

  it('G30 an assignee must be allowed to answer there', () => {
    expect(step(opened(), { _tag: 'Assign', agents: ['dan'] }, by('ana')).refusal).toEqual({
      _tag: 'MayNotReply',
      agent: 'dan',
    })
    expect(step(opened(), { _tag: 'Assign', agents: ['nobody'] }, by('ana')).refusal).toEqual({
      _tag: 'UnknownAgent',
      agent: 'nobody',
    })
  })

  it('several may be assigned; the first owns it, and when she goes the next one does', () => {
    const both = after(opened(), { _tag: 'Assign', agents: ['ana', 'ben'] }, by('chloe'))
    expect(both).toMatchObject({ owner: 'ana', assignees: ['ana', 'ben'] })
    const one = after(both, { _tag: 'Unassign', agents: ['ana'] }, by('chloe'))
    expect(one).toMatchObject({ owner: 'ben', assignees: ['ben'] })
    expect(after(one, { _tag: 'Unassign', agents: ['ben'] }, by('chloe'))).toMatchObject({
      owner: null,
      queue: 'service',
    })
  })

  it('who transfers it hands it over entirely', () => {
    expect(after(owned(), { _tag: 'Transfer', to: { agent: 'ben' } }, by('ana'))).toMatchObject({
      owner: 'ben',
      assignees: ['ben'],
    })
    expect(after(owned(), { _tag: 'Transfer', to: { queue: 'deliveries' } }, by('ana'))).toMatchObject({
      owner: null,
      queue: 'deliveries',
    })
  })

  it('transferring names what is missing', () => {
    expect(step(owned(), { _tag: 'Transfer', to: { queue: 'moon' } }, by('ana')).refusal).toEqual({
      _tag: 'UnknownQueue',
      queue: 'moon',
    })
    expect(step(owned(), { _tag: 'Transfer', to: { agent: 'dan' } }, by('ana')).refusal).toEqual({
      _tag: 'MayNotReply',
      agent: 'dan',
    })
  })
})

describe('seeing', () => {
  const exclusive = () => after(opened(), { _tag: 'Transfer', to: { queue: 'deliveries' } }, by('chloe'))

  it('an exclusive queue shows an owned conversation to those who are part of it', () => {
    const owned = after(exclusive(), { _tag: 'Claim' }, by('dan'))
    expect(step(owned, { _tag: 'Tag', tags: ['late'] }, by('ben')).refusal).toEqual({ _tag: 'NotFound' })
    expect(step(owned, { _tag: 'Tag', tags: ['late'] }, by('chloe')).refusal).toBeNull()
  })

  it('a member who loses the race for it is told who won', () => {
    const owned = after(exclusive(), { _tag: 'Claim' }, by('dan'))
    expect(step(owned, { _tag: 'Claim' }, by('ben')).refusal).toEqual({ _tag: 'AlreadyOwned', owner: 'dan' })
  })

  it('somebody of another queue is told nothing', () => {
    expect(step(exclusive(), { _tag: 'Claim' }, by('ana')).refusal).toEqual({ _tag: 'NotFound' })
  })

  it('somebody the workspace does not know is named', () => {
    expect(step(opened(), { _tag: 'Claim' }, by('eve')).refusal).toEqual({ _tag: 'UnknownAgent', agent: 'eve' })
  })

  it('deleting is for managers, and leaves nothing to find', () => {
    expect(step(opened(), { _tag: 'Delete' }, by('ana')).refusal).toEqual({ _tag: 'Forbidden', action: 'erase' })
    const gone = after(opened(), { _tag: 'Delete' }, by('chloe'))
    expect(gone).toMatchObject({ deleted: true, subject: null, lastMessage: null, known: [], address: '' })
    expect(step(gone, { _tag: 'Reopen' }, by('chloe')).refusal).toEqual({ _tag: 'NotFound' })
  })
})

describe('the bots', () => {
  const account = { ...facts().account, bots: true }
  const bot = facts({ actor: { kind: 'bot', id: 'helper' }, account })

  it('begin, hand over, and get it back when it is closed', () => {
    const handed = after(opened({ account }), { _tag: 'HandOver', reason: 'a person was asked for' }, bot)
    expect(handed.control).toBe('team')
    expect(after(handed, { _tag: 'Close' }, by('ana', { account })).control).toBe('bot')
  })

  it('are silent once the team has it', () => {
    const handed = after(opened({ account }), { _tag: 'Claim' }, by('ana', { account }))
    expect(step(handed, { _tag: 'Reply', parts: text('I can help') }, bot).refusal).toEqual({
      _tag: 'BotSilenced',
      bot: 'helper',
      because: 'team',
    })
  })

  it('can be silenced one by one', () => {
    const blocked = after(opened({ account }), { _tag: 'BlockBot', bot: 'helper' }, by('ana', { account }))
    expect(step(blocked, { _tag: 'Reply', parts: text('I can help') }, bot).refusal).toEqual({
      _tag: 'BotSilenced',
      bot: 'helper',
      because: 'blocked',
    })
    const unblocked = after(blocked, { _tag: 'UnblockBot', bot: 'helper' }, by('ana', { account }))
    expect(step(unblocked, { _tag: 'Reply', parts: text('I can help') }, bot).refusal).toBeNull()
  })
})

describe('what was said', () => {
  it('is edited by its author, where the channel carries it', () => {
    const target = { direction: 'out', author: { kind: 'agent', id: 'ana' }, deleted: false, files: [] } as const
    const edit = { _tag: 'EditMessage', message: 2, parts: text('Bonjour Claire') } as const
    const said = after(opened(), { _tag: 'Reply', parts: text('Bonjour') }, by('ana'))
    expect(after(said, edit, by('ana', { target })).lastMessage?.preview).toBe('Bonjour Claire')
    expect(step(said, edit, by('ben', { target })).refusal).toEqual({ _tag: 'Forbidden', action: 'edit' })
    const noEdits = { ...channel, edit: false }
    expect(step(said, edit, by('ana', { target, channel: noEdits })).refusal).toEqual({
      _tag: 'Unsupported',
      feature: 'edit',
    })
    expect(step(said, edit, by('ana')).refusal).toEqual({ _tag: 'UnknownMessage', message: 2 })
  })

  it('by the customer stays as it was edited last, whatever comes late', () => {
    const target = { direction: 'in', author: fromCustomer().actor, deleted: false, files: [], revision: 2 } as const
    const edit = (revision?: number) =>
      step(
        opened(),
        { _tag: 'EditMessage', message: 1, parts: text('Bonsoir'), ...(revision === undefined ? {} : { revision }) },
        fromCustomer({ target }),
      ).refusal
    expect(edit(1)).toEqual({ _tag: 'NothingToDo' })
    expect([edit(2), edit(3), edit()]).toEqual([null, null, null])
  })

  it('is deleted by its author or a manager, once', () => {
    const target = { direction: 'in', author: { kind: 'contact', id: 'claire' }, deleted: false, files: [] } as const
    const remove = { _tag: 'DeleteMessage', message: 1 } as const
    expect(step(opened(), remove, by('ana', { target })).refusal).toEqual({ _tag: 'Forbidden', action: 'delete' })
    expect(after(opened(), remove, by('chloe', { target })).lastMessage?.preview).toBe('')
    expect(step(opened(), remove, by('chloe', { target: { ...target, deleted: true } })).refusal).toEqual({
      _tag: 'UnknownMessage',
      message: 1,
    })
  })

  it('to colleagues calls for those it names', () => {
    const note = { _tag: 'AddNote', parts: text('@Ben tu peux ?'), mentions: ['ben', 'ben'] } as const
    expect(after(opened(), note, by('ana')).mentioned).toEqual(['ben'])
    expect(step(opened(), { ...note, mentions: ['eve'] }, by('ana')).refusal).toEqual({
      _tag: 'UnknownAgent',
      agent: 'eve',
    })
  })

  it('G08 is dated by the provider, never in the future', () => {
    const dated = (providerAt: number) => {
      const { entries } = step(
        undefined,
        { _tag: 'Receive', message: { ...receive('x').message, providerAt } },
        fromCustomer({ start }),
      )
      const what = entries[0]?.what
      return what?._tag === 'MessageReceived' ? [what.message.sentAt, what.message.providerAt] : []
    }
    expect(dated(now - 5_000)).toEqual([now - 5_000, now - 5_000])
    expect(dated(now + 86_400_000)).toEqual([now, now + 86_400_000])
    expect(dated(Number.NaN)).toEqual([now, Number.NaN])
  })

  it('by machines is stored and triggers nothing', () => {
    const closed = after(opened(), { _tag: 'Close' }, by('ana'))
    const bounce = { _tag: 'Receive', message: { ...receive('I am away').message, automatic: 'reply' } } as const
    expect(after(closed, bounce, fromCustomer())).toMatchObject({ status: 'closed', inbound: 1 })
  })

  it('by somebody new in the thread is marked as a stranger, once', () => {
    const other = { _tag: 'Receive', message: { ...receive('Hi').message, address: 'tom@example.org' } } as const
    const first = step(opened(), other, fromCustomer())
    expect(first.entries[0]?.what).toMatchObject({ message: { stranger: true } })
    expect(first.state?.known).toEqual(['claire@example.org', 'tom@example.org'])
    const state = first.state
    expect(step(state, other, fromCustomer()).entries[0]?.what).not.toMatchObject({ message: { stranger: true } })
  })

  it('shows in one line', () => {
    expect(previewOf(text(' Bonjour,\n  tout\tle monde '))).toBe('Bonjour, tout le monde')
    expect([...previewOf(text('🕯'.repeat(200)))]).toHaveLength(80)
    expect(previewOf([{ _tag: 'File', file: { blob: 'b', name: 'photo.jpg', mime: 'image/jpeg', size: 1 } }])).toBe(
      'photo.jpg',
    )
    expect(filesOf(text('x'))).toEqual([])
  })
})

describe('where an inbound message goes', () => {
  const policy = facts().account.policy
  const human = { automatic: false, now }
  const closed = after(opened(), { _tag: 'Close' }, by('ana'))

  it('G34 a closed conversation is reopened, followed by a new one, or reopened for a time', () => {
    expect(place(closed, policy, human)).toEqual({ _tag: 'Append' })
    expect(place(closed, { ...policy, closed: 'new' }, human)).toEqual({ _tag: 'New', follows: 'c1' })
    const within = { ...policy, closed: { within: 1_000 } }
    expect(place(closed, within, { automatic: false, now: now + 1_000 })).toEqual({ _tag: 'Append' })
    expect(place(closed, within, { automatic: false, now: now + 1_001 })).toEqual({ _tag: 'New', follows: 'c1' })
  })

  it('G34 spam stays where it is, the archive is left alone, unless the account says otherwise', () => {
    const spam = after(opened(), { _tag: 'MarkSpam' }, by('ana'))
    const archived = after(opened(), { _tag: 'Archive' }, by('ana'))
    expect(place(spam, policy, human)._tag).toBe('Append')
    expect(place(spam, { ...policy, spam: 'new' }, human)._tag).toBe('New')
    expect(place(archived, policy, human)).toEqual({ _tag: 'New', follows: 'c1' })
    expect(place(archived, { ...policy, archived: 'reopen' }, human)._tag).toBe('Append')
  })

  it('nothing is ever written to a deleted conversation', () => {
    const gone = after(opened(), { _tag: 'Delete' }, by('chloe'))
    expect(place(gone, policy, human)).toEqual({ _tag: 'New', follows: null })
  })
})

describe('a delivery', () => {
  const sent = advance(queued(now), { status: 'sent', at: now + 1 })

  it('G18 only moves forward', () => {
    const read = advance(sent, { status: 'read', at: now + 3 })
    expect(advance(read, { status: 'delivered', at: now + 2 })).toBe(read)
    expect(advance(read, { status: 'sent', at: now + 4 })).toBe(read)
  })

  it('G18 remembers beside its status that something failed afterwards', () => {
    const failed = advance(sent, { status: 'failed', at: now + 2, error: { code: 'bounced', message: 'mailbox full' } })
    expect(failed).toMatchObject({ status: 'sent', error: { code: 'bounced' } })
  })

  it('believes evidence of arrival over any doubt', () => {
    const uncertain = advance(advance(queued(now), { status: 'sending', at: now }), { status: 'uncertain', at: now })
    expect(advance(uncertain, { status: 'delivered', at: now + 1 }).status).toBe('delivered')
  })

  it('goes back to waiting only out of our own hands', () => {
    expect(requeued(advance(queued(now), { status: 'sending', at: now }), now, 'busy').status).toBe('queued')
    expect(requeued(sent, now, 'busy')).toBe(sent)
  })
})

describe('timers', () => {
  it('a snooze ends no sooner than it was set for', () => {
    const asleep = given(
      [receive('Bonjour'), fromCustomer({ start })],
      [{ _tag: 'Snooze', until: now + 10 }, by('ana')],
    )
    const engine = { kind: 'system', id: 'engine' } as const
    expect(step(asleep, { _tag: 'EndSnooze' }, facts({ actor: engine, now: now + 9 })).refusal).toEqual({
      _tag: 'NothingToDo',
    })
    expect(after(asleep, { _tag: 'EndSnooze' }, facts({ actor: engine, now: now + 10 })).status).toBe('open')
  })

  it('nothing can be snoozed into the past', () => {
    expect(step(opened(), { _tag: 'Snooze', until: now }, by('ana')).refusal).toEqual({
      _tag: 'PastTime',
      until: now,
      now,
    })
  })
})
