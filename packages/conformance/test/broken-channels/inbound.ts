import { pager, type PagerSettings } from '../pager.ts'
import { type Planted, capable, reporting, retold, validating } from './broken.ts'

let count = 0

export const inbound: ReadonlyArray<Planted> = [
  [
    'throws at what is not JSON',
    { ...pager, parse: (request) => JSON.parse(new TextDecoder().decode(request.body)) },
    'parse: never throws, whatever arrives, and answers only with events that the engine knows',
  ],
  [
    'answers with an event nobody knows',
    { ...pager, parse: () => [{ _tag: 'Surprise' } as never] },
    'parse: never throws, whatever arrives, and answers only with events that the engine knows',
  ],
  [
    'counts while it parses',
    { ...pager, parse: () => [{ _tag: 'Ignored', reason: `${(count += 1)}` }] },
    'parse: makes the same of the same bytes',
  ],
  [
    'writes into the bytes it was given',
    {
      ...pager,
      parse: (request, account) => {
        const events = pager.parse(request, account)
        request.body.fill(0)
        return events
      },
    },
    'parse: leaves the bytes as they are',
  ],
  ['ignores everything', { ...pager, parse: () => [] }, 'parse: understands every sample'],
  ['believes everybody', { ...pager, verify: () => true }, 'verify: says no when a single bit of the body is another'],
  ['believes nobody', { ...pager, verify: () => false }, 'verify: says yes to what the provider has signed'],
  [
    'looks at half of what was signed',
    {
      ...pager,
      verify: (request, account) => pager.verify({ ...request, body: request.body.slice(0, 8) }, account),
    },
    'verify: says yes to what the provider has signed',
  ],
  [
    'throws without a signature',
    { ...pager, verify: (request) => (request.headers['x-signature'] as string).length > 0 },
    'verify: says yes or no to any request, and never throws',
  ],
  [
    'is live without a connect',
    capable({ live: true }),
    'capabilities: say that it is live exactly when there is something to connect',
  ],
  [
    'has types of files but no files',
    capable({ files: { max: 0, maxBytes: 0, types: ['image/*'] } }),
    'capabilities: say of files what can be true at the same time',
  ],
  ['has a length that is none', capable({ maxTextLength: 0 }), 'capabilities: are plain data of the right kinds'],
  [
    'accepts any settings',
    validating((value) => ({ value: value as PagerSettings })),
    'settings: refuse nonsense and say why',
  ],
  [
    'throws at settings it cannot read',
    validating((value) => ({ value: { secret: (value as PagerSettings).secret.trim() } })),
    'settings: never throw, whatever is put before them',
  ],
  [
    'takes what is not signed at all',
    { ...pager, verify: (request, account) => !request.headers['x-signature'] || pager.verify(request, account) },
    'verify: says no when something of the signature is missing, or is another',
  ],
  [
    'knows the secrets of all accounts',
    {
      ...pager,
      verify: async (request, account) =>
        (await pager.verify(request, account)) ||
        pager.verify(request, { ...account, settings: { secret: 'a secret of another account' } }),
    },
    'verify: says no to what was signed with the secret of another account',
  ],
  [
    'stops after ten messages',
    retold((events) => events.slice(0, 10)),
    'parse: makes as many messages of a request as are in it, in their order',
  ],
  [
    'begins with the last message',
    retold((events) => events.toReversed()),
    'parse: makes as many messages of a request as are in it, in their order',
  ],
  [
    'gives every message the id of its request',
    retold((events) =>
      events.map((event) => (event._tag === 'MessageReceived' ? { ...event, externalId: 'r1' } : event)),
    ),
    'parse: gives messages of one request ids of their own, or none',
  ],
  [
    'takes read for delivered',
    reporting((status) => (status === 'read' ? 'delivered' : (status as 'sent'))),
    'parse: reports each step in the life of a message as one that is further than the one before',
  ],
  [
    'takes read for sent',
    reporting((status) => (status === 'read' ? 'sent' : (status as 'sent'))),
    'parse: reports what ends at the same status in whatever order and however often it comes: never backwards',
  ],
  ['reports what it says it cannot', capable({ receipts: false }), 'capabilities: say what its requests show it to do'],
  [
    'leaves files with its provider and fetches none',
    (({ fetchFile: _, ...rest }) => rest)(pager),
    'capabilities: say what its requests show it to do',
  ],
  [
    'drops files in silence',
    { ...pager, render: ({ to }) => ({ _tag: 'Rendered', wires: [{ to, text: 'Bonjour !' }] }) },
    'capabilities: say whether a file can be sent: one that is accepted becomes a wire, and none is dropped in silence',
  ],
  [
    'promises files and has none',
    capable({ files: { max: 3, maxBytes: 1_000_000, types: ['image/*'] } }),
    'capabilities: say whether a file can be sent: one that is accepted becomes a wire, and none is dropped in silence',
  ],
  [
    'answers that all is well with an error',
    { ...pager, acknowledgement: { status: 500 } },
    'capabilities: answer a provider that all is well with a status that says so',
  ],
  [
    'has a name that is none',
    { ...pager, name: 'The Pager' },
    'capabilities: come with a name and the version of the port',
  ],
  [
    'adds to its settings what nobody wrote',
    validating((value) => ({ value: { ...(value as PagerSettings), since: 1 } })),
    'settings: are a standard schema that makes of what a host writes what the account has',
  ],
  [
    'looks at no field of its settings',
    validating((value) => ({ value: value as PagerSettings })),
    'settings: refuse a field of the wrong kind',
  ],
  [
    'believes any signature',
    { ...pager, verify: ({ headers }) => /^[0-9a-f]{64}$/.test(headers['x-signature'] ?? '') },
    'verify: says no to what is not signed, or was signed for something else',
  ],
]
