import type { Channel } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { assert, same } from '../assert.ts'
import type { ChannelCase } from './harness.ts'

const area = 'settings'

const refuses = async (channel: Channel, value: unknown, what: string): Promise<void> => {
  const { issues } = await channel.settings['~standard'].validate(value)
  assert(issues !== undefined && issues.length > 0, `the settings must refuse ${what}`)
  for (const issue of issues) assert(issue.message.length > 0, `the settings must say why they refuse ${what}`)
}

export const settingsCases: ReadonlyArray<ChannelCase> = [
  {
    area,
    name: 'are a standard schema that accepts the settings of the harness',
    body: async ({ channel, account }) => {
      const standard = channel.settings['~standard']
      same(standard.version, 1, 'the version of the standard')
      const result = await standard.validate(account.settings)
      same(result.issues, undefined, 'issues with the settings of the harness')
    },
  },
  {
    area,
    name: 'accept again what they made of the settings',
    body: async ({ channel, account }) => {
      const first = await channel.settings['~standard'].validate(account.settings)
      assert(first.issues === undefined, 'the settings of the harness must be accepted')
      const second = await channel.settings['~standard'].validate(first.value)
      assert(second.issues === undefined, 'what the schema answered must be accepted by it')
      same(second.value, first.value, 'the settings, checked twice')
    },
  },
  {
    area,
    name: 'refuse nonsense and say why',
    body: async ({ channel }) => {
      const nonsense = {
        null: null,
        'a number': 42,
        'a text': 'nonsense',
        true: true,
        'a list': ['x'],
        'a function': () => 0,
      }
      for (const [what, value] of Object.entries(nonsense)) await refuses(channel, value, what)
    },
  },
  {
    area,
    name: 'refuse a field of the wrong kind',
    body: async ({ channel, account }) => {
      for (const key of Object.keys((account.settings ?? {}) as object)) {
        await refuses(channel, { ...(account.settings as object), [key]: () => 0 }, `a function as ${key}`)
      }
    },
  },
  {
    area,
    name: 'never throw, whatever is put before them',
    body: async ({ channel, account, runs }) => {
      const keys = Object.keys((account.settings ?? {}) as object)
      const near = fc.record(Object.fromEntries(keys.map((key) => [key, fc.anything()])), { requiredKeys: [] })
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.anything({ withNullPrototype: true }), near), async (value) => {
          await channel.settings['~standard'].validate(value)
        }),
        { numRuns: runs },
      )
    },
  },
]
