import type { Channel } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { assert, same } from '../assert.ts'
import { holds } from '../property.ts'
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
    name: 'are a standard schema that makes of what a host writes what the account has',
    body: async ({ channel, account, settings }) => {
      const standard = channel.settings['~standard']
      same(standard.version, 1, 'the version of the standard')
      const result = await standard.validate(settings)
      assert(result.issues === undefined, `the settings of the harness were refused: ${JSON.stringify(result.issues)}`)
      same(result.value, account.settings, 'what the schema made of the settings')
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
    body: async ({ channel, settings }) => {
      for (const key of Object.keys(settings)) {
        await refuses(channel, { ...settings, [key]: () => 0 }, `a function as ${key}`)
      }
    },
  },
  {
    area,
    name: 'never throw, whatever is put before them',
    body: async ({ channel, settings, runs }) => {
      const keys = Object.keys(settings)
      const near = fc.record(Object.fromEntries(keys.map((key) => [key, fc.anything()])), { requiredKeys: [] })
      await holds(
        fc.asyncProperty(fc.oneof(fc.anything({ withNullPrototype: true }), near), async (value) => {
          await channel.settings['~standard'].validate(value)
        }),
        runs,
      )
    },
  },
]
