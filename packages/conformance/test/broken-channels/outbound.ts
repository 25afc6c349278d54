import { limit, pager } from '../pager.ts'
import { type Planted, capable, cut, every, insteadOf, throughFetch, caughtAs, accepted } from './broken.ts'

let count = 0

export const outbound: ReadonlyArray<Planted> = [
  [
    'drops what it cannot send',
    {
      ...pager,
      render: (message) => ({
        _tag: 'Rendered',
        wires: message.parts.some((part) => part._tag === 'File') ? [] : [{ to: message.to, text: '' }],
      }),
    },
    'render: makes at least one wire of any message, or says what it does not support',
  ],
  [
    'sorts the parts it was given',
    {
      ...pager,
      render: (message, account) => {
        ;(message.parts as unknown[]).reverse()
        return pager.render(message, account)
      },
    },
    'render: leaves the message and the account as they are',
  ],
  [
    'gives each wire a number of its own',
    { ...pager, render: ({ to }) => ({ _tag: 'Rendered', wires: [{ to, text: `${(count += 1)}` }] }) },
    'render: makes the same of the same message: a retry sends what was sent before',
  ],
  [
    'supports nothing',
    { ...pager, render: () => ({ _tag: 'Unsupported', feature: 'text' }) },
    'render: supports a plain text to an address of its own kind',
  ],
  [
    'counts characters where its provider counts code units',
    cut((text) => every(limit * 2, text)),
    'render: makes no wire larger than the provider takes, in its own unit',
  ],
  [
    'cuts off what does not fit',
    cut((text) => every(limit, text).slice(0, 1)),
    'render: loses no character of a text, however many wires it becomes, and keeps their order',
  ],
  [
    'sends the last piece first',
    cut((text) => every(limit, text).toReversed()),
    'render: loses no character of a text, however many wires it becomes, and keeps their order',
  ],
  ['cuts anywhere', cut((text) => every(limit, text)), 'render: tears no character of a text in two'],
  [
    'takes no answer for a yes',
    insteadOf('Accepted', { _tag: 'Ambiguous', reason: 'perhaps' }),
    'send: is accepted, with the id that the provider gives, when the provider takes it',
  ],
  [
    'makes up the ids of what it sends',
    insteadOf('Accepted', { _tag: 'Accepted', externalId: 'mine' }),
    'send: is accepted, with the id that the provider gives, when the provider takes it',
  ],
  [
    'tries for ever what is refused',
    insteadOf('Rejected', { _tag: 'Retry', reason: 'again' }),
    'send: is rejected for good, with a code and a reason, when the provider refuses the message',
  ],
  [
    'rejects without a reason',
    insteadOf('Rejected', { _tag: 'Rejected', code: '', reason: '' }),
    'send: is rejected for good, with a code and a reason, when the provider refuses the message',
  ],
  [
    'is in doubt about what was not let in',
    insteadOf('Rejected', { _tag: 'Ambiguous', reason: 'perhaps' }),
    'send: is never accepted, and never in doubt, when the provider does not know our credentials',
  ],
  [
    'gives up when there is too much to do',
    insteadOf('Retry', { _tag: 'Rejected', code: '429', reason: 'too much' }),
    'send: comes again when the provider has too much to do, and not before it says so',
  ],
  [
    'does not hear how long to wait',
    insteadOf('Retry', { _tag: 'Retry', reason: 'at once' }),
    'send: comes again when the provider has too much to do, and not before it says so',
  ],
  [
    'takes a failing provider for one that has it',
    insteadOf('Retry', accepted),
    'send: is neither accepted nor rejected when the provider fails',
  ],
  [
    'sends again what may have been taken',
    caughtAs({ _tag: 'Retry', reason: 'again' }),
    'send: is in doubt when the connection ends before there is an answer',
  ],
  [
    'takes a broken connection for a yes',
    caughtAs(accepted),
    'send: is in doubt when the connection ends before there is an answer',
  ],
  [
    'takes being stopped for a no',
    caughtAs({ _tag: 'Rejected', code: 'stopped', reason: 'stopped' }),
    'send: stops when it is told to, and is in doubt then',
  ],
  [
    'begins although it was stopped',
    {
      ...pager,
      send: (wire, account, context) => pager.send(wire, account, { ...context, signal: new AbortController().signal }),
    },
    'send: hands nothing over when it was stopped before it began',
  ],
  [
    'takes an absent provider for a no',
    caughtAs({ _tag: 'Rejected', code: 'absent', reason: 'nobody is there' }),
    'send: is neither accepted nor rejected when nobody is there',
  ],
  [
    'believes every yes',
    insteadOf('Ambiguous', accepted),
    'send: is in doubt when the provider says yes and then nothing that makes sense',
  ],
  [
    'makes up an answer when there is none',
    throughFetch((fetch) => (input, init) => fetch(input, init).catch(() => Response.json({ id: 'out-1' }))),
    'send: is in doubt when the connection ends before there is an answer',
  ],
  [
    'shows no question that it says it shows',
    {
      ...capable({ parts: ['Choices'] }),
      render: (message, account) =>
        message.parts.some((part) => part._tag === 'Choices')
          ? { _tag: 'Unsupported', feature: 'Choices' }
          : pager.render(message, account),
    },
    'render: shows what it says it shows: an offer or a question alone is a message',
  ],
]
