import type { Channel } from '@guichet/engine/ports'
import type { ConformanceCase } from '../conformance-case.ts'
import { capabilityCases } from './capabilities.ts'
import type { ChannelBench, ChannelCase, ChannelHarness } from './harness.ts'
import { parseCases } from './parse.ts'
import { renderCases } from './render.ts'
import { settingsCases } from './settings.ts'
import { verifyCases } from './verify.ts'

const all: ReadonlyArray<ChannelCase> = [
  ...capabilityCases,
  ...settingsCases,
  ...verifyCases,
  ...parseCases,
  ...renderCases,
]

/**
 * What every channel must do, as far as it can be seen without its provider: `verify`, `parse`, `render`, capabilities
 * and settings. Cases that need something that the harness does not offer (`sign`, `samples`) are left out.
 *
 * @example
 * ```ts
 * import { email } from '@guichet/channel-email'
 * import { channelCases, titleOf } from '@guichet/conformance'
 *
 * const smtp = { host: '127.0.0.1', port: 1025 }
 * const settings = { address: 'help@acme.test', secret: 'sixteen characters or more', smtp }
 * const account = { workspace: 'acme', id: 'mailbox', name: 'Help', settings }
 * for (const each of channelCases(email({ listen: false }), { account, address: 'zoe@example.org', runs: 5 })) {
 *   // With a test runner: test(titleOf(each), each.run)
 *   await each.run().catch((error) => console.log(titleOf(each), error))
 * }
 * ```
 */
export const channelCases = <Settings>(
  channel: Channel<Settings>,
  harness: ChannelHarness<Settings>,
): ReadonlyArray<ConformanceCase> => {
  const { account, address, samples = [], sign, runs = 200 } = harness
  const bench = (): ChannelBench => ({
    channel,
    account,
    settings: (harness.settings ?? account.settings ?? {}) as object,
    address,
    // A channel that writes into what it was given spoils its own case only.
    samples: samples.map(({ name, request }) => ({ name, request: { ...request, body: request.body.slice() } })),
    runs,
    sign: async (request) => {
      if (sign === undefined) throw new Error('this harness cannot sign')
      return sign(request, account)
    },
  })
  return all
    .filter(({ needs }) => needs === undefined || (needs === 'samples' ? samples.length > 0 : sign !== undefined))
    .map((each) => ({
      area: each.area,
      name: each.name,
      ...(each.guarantee === undefined ? {} : { guarantee: each.guarantee }),
      run: () => each.body(bench()),
    }))
}
