import { describe, expect, test } from 'vitest'
import { channelCases, titleOf } from '../src/index.ts'
import { asked } from './broken-channels/asked.ts'
import { beside } from './broken-channels/beside.ts'
import type { Pager } from './broken-channels/broken.ts'
import { inbound } from './broken-channels/inbound.ts'
import { outbound } from './broken-channels/outbound.ts'
import { pager, pagerHarness } from './pager.ts'

const planted = [...inbound, ...outbound, ...asked, ...beside]

const caseOf = (channel: Pager, title: string) => {
  const found = channelCases(channel, { ...pagerHarness, runs: 100 }).find(
    ({ area, name }) => `${area}: ${name}` === title,
  )
  if (found === undefined) throw new Error(`there is no case "${title}"`)
  return found
}

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
    expect(areas.filter((name) => /^(send|handshake|fetchFile|profile): /.test(name))).toEqual([])
  })
})

describe('a channel is caught that', () => {
  for (const [what, channel, caught] of planted) {
    test(`${what}`, async () => {
      await expect(caseOf(channel, caught).run()).rejects.toThrow()
    })
  }
})

test('every case catches something', () => {
  const caught = new Set(planted.map(([, , name]) => name))
  const cases = channelCases(pager, pagerHarness).map(({ area, name }) => `${area}: ${name}`)
  expect(cases.filter((name) => !caught.has(name))).toEqual([])
})
