import type { Channel } from '@guichet/engine/ports'
import { describe, expect, test } from 'vitest'
import { channelCases, titleOf } from '../src/index.ts'
import { pager, pagerHarness, type PagerSettings, type PagerWire } from './pager.ts'

type Pager = Channel<PagerSettings, PagerWire>

const failures = async (channel: Pager, area: string): Promise<ReadonlyArray<string>> => {
  const failed = []
  for (const each of channelCases(channel, pagerHarness).filter((one) => one.area === area)) {
    try {
      await each.run()
    } catch {
      failed.push(`${each.area}: ${each.name}`)
    }
  }
  return failed
}

const capable = (over: Partial<Pager['capabilities']>): Pager => ({
  ...pager,
  capabilities: { ...pager.capabilities, ...over },
})

const validating = (validate: Pager['settings']['~standard']['validate']): Pager => ({
  ...pager,
  settings: { '~standard': { ...pager.settings['~standard'], validate } },
})

let count = 0

/** What is planted, and a case that has to notice. */
const planted: ReadonlyArray<readonly [what: string, channel: Pager, caught: string]> = [
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
]

describe('a small channel', () => {
  for (const each of channelCases(pager, pagerHarness)) {
    test(`${titleOf(each)}`, async () => {
      await expect(each.run()).resolves.toBeUndefined()
    })
  }

  test('is tried as far as its harness goes', () => {
    const { account, address } = pagerHarness
    const areas = channelCases(pager, { account, address }).map(({ area, name }) => `${area}: ${name}`)
    expect(areas).toContain('verify: says yes or no to any request, and never throws')
    expect(areas).not.toContain('verify: says yes to what the provider has signed')
    expect(areas).not.toContain('parse: understands every sample')
  })
})

describe('a channel is caught that', () => {
  for (const [what, channel, caught] of planted) {
    test(`${what}`, async () => {
      expect(await failures(channel, caught.slice(0, caught.indexOf(':')))).toContain(caught)
    })
  }
})
