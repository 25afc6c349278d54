import { pager } from '../pager.ts'
import { type Planted, fetching } from './broken.ts'

export const asked: ReadonlyArray<Planted> = [
  [
    'answers its provider in its own words',
    { ...pager, handshake: () => ({ status: 200, body: 'hello' }) },
    'handshake: answers its provider verbatim, and the same each time',
  ],
  [
    'shakes every hand',
    {
      ...pager,
      handshake: ({ url }) => ({ status: 200, body: new URL(url).searchParams.get('challenge') ?? '' }),
    },
    'handshake: shakes hands with nobody who does not know our secret',
  ],
  [
    'takes every request for the question',
    {
      ...pager,
      handshake: (request, account) => pager.handshake?.(request, account) ?? { status: 403 },
    },
    'handshake: takes nothing else for the question',
  ],
  [
    'brings half of a file',
    fetching((outcome) => (outcome._tag === 'Fetched' ? { ...outcome, bytes: outcome.bytes.slice(0, 2) } : outcome)),
    'fetchFile: brings the bytes that the provider holds',
  ],
  [
    'asks for ever for what is gone',
    fetching((outcome) => (outcome._tag === 'Gone' ? { _tag: 'Retry', reason: 'again' } : outcome)),
    'fetchFile: says that a file is gone when the provider has it no more',
  ],
  [
    'gives a file up when the provider fails',
    fetching((outcome) => (outcome._tag === 'Retry' ? { _tag: 'Gone', reason: 'failed' } : outcome)),
    'fetchFile: asks again when the provider fails, has too much to do, or hangs up',
  ],
  [
    'takes files of any size',
    {
      ...pager,
      fetchFile: (file, account, context) =>
        pager.fetchFile?.(file, account, { ...context, maxBytes: Infinity }) ?? { _tag: 'Gone', reason: 'none' },
    },
    'fetchFile: takes no file that is larger than it may be',
  ],
  [
    'takes any bytes for a file',
    {
      ...pager,
      fetchFile: async (_, __, { fetch, signal }) => {
        const response = await fetch('https://pager.example/media/m1', { signal })
        return { _tag: 'Fetched', bytes: new Uint8Array(await response.arrayBuffer()) }
      },
    },
    'fetchFile: takes no other bytes for those that were announced',
  ],
  [
    'takes being stopped for the end of a file',
    {
      ...pager,
      fetchFile: async (file, account, context) => {
        try {
          return (await pager.fetchFile?.(file, account, context)) ?? { _tag: 'Gone', reason: 'none' }
        } catch {
          return { _tag: 'Gone', reason: 'stopped' }
        }
      },
    },
    'fetchFile: stops when it is told to',
  ],
]
