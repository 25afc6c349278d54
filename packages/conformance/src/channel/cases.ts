import type { Channel, ChannelAccount } from '@guichet/engine/ports'
import type { ConformanceCase } from '../conformance-case.ts'
import { capabilityCases } from './capabilities.ts'
import { fetchCases } from './fetch.ts'
import { handshakeCases } from './handshake.ts'
import type { ChannelBench, ChannelCase, ChannelHarness, Need } from './harness.ts'
import { parseCases } from './parse.ts'
import { profileCases } from './profile.ts'
import { renderCases } from './render.ts'
import { reportCases } from './reports.ts'
import { sendCases } from './send.ts'
import { settingsCases } from './settings.ts'
import { signalCases } from './signal.ts'
import { verifyCases } from './verify.ts'
import { wordCases } from './words.ts'

const all: ReadonlyArray<ChannelCase> = [
  ...capabilityCases,
  ...settingsCases,
  ...verifyCases,
  ...parseCases,
  ...reportCases,
  ...renderCases,
  ...wordCases,
  ...sendCases,
  ...handshakeCases,
  ...fetchCases,
  ...signalCases,
  ...profileCases,
]

/**
 * What every channel must do, as far as it can be seen without its provider: `verify`, `parse`, `render`, capabilities
 * and settings; and, against a scripted provider on this machine, `send`, `handshake` and `fetchFile`. Cases that need
 * something that the harness does not offer are left out.
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
export const channelCases = <Settings, Wire>(
  channel: Channel<Settings, Wire>,
  harness: ChannelHarness<Settings, Wire>,
): ReadonlyArray<ConformanceCase> => {
  const { account, address, samples = [], sign, runs = 200 } = harness
  const offers = (need: Need): boolean => {
    if (need === 'samples') return samples.length > 0
    if (need === 'seal') return sign !== undefined && harness.signature !== 'secret'
    return harness[need] !== undefined
  }
  const bench = (): ChannelBench => ({
    channel,
    account,
    settings: (harness.settings ?? account.settings ?? {}) as object,
    address,
    // A channel that writes into what it was given spoils its own case only.
    samples: samples.map(({ name, request }) => ({ name, request: { ...request, body: request.body.slice() } })),
    runs,
    sign: async (request, of = account) => {
      if (sign === undefined) throw new Error('this harness cannot sign')
      return sign(request, of as ChannelAccount<Settings>)
    },
    given: (name) => {
      const given = harness[name]
      if (given === undefined) throw new Error(`this harness has no ${name}`)
      return given
    },
  })
  return all
    .filter(({ needs = [] }) => needs.every(offers))
    .map((each) => ({
      area: each.area,
      name: each.name,
      ...(each.guarantee === undefined ? {} : { guarantee: each.guarantee }),
      run: () => each.body(bench()),
    }))
}
