import { richParts } from '@guichet/engine/domain'
import { assert, same } from '../assert.ts'
import type { ChannelCase } from './harness.ts'

const area = 'capabilities'

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

export const capabilityCases: ReadonlyArray<ChannelCase> = [
  {
    area,
    name: 'are plain data of the right kinds',
    body: async ({ channel }) => {
      const { capabilities } = channel
      same(JSON.parse(JSON.stringify(capabilities)), capabilities, 'the capabilities written down and read back')
      assert(['contact', 'thread'].includes(capabilities.threading), `unknown threading: ${capabilities.threading}`)
      const switches = [
        'webhook',
        'live',
        'idempotentSend',
        'html',
        'subject',
        'cc',
        'edit',
        'delete',
        'receipts',
        'typing',
      ] as const
      for (const name of switches) assert(typeof capabilities[name] === 'boolean', `${name} must be true or false`)
      const { maxTextLength, replyTo, addressedBy, parts = [] } = capabilities
      assert(replyTo === undefined || typeof replyTo === 'boolean', 'replyTo must be true or false, if it is there')
      assert(
        addressedBy === undefined || ['email', 'phone'].includes(addressedBy),
        `unknown kind of addresses: ${addressedBy}`,
      )
      const known: ReadonlyArray<string> = richParts
      for (const tag of parts) assert(known.includes(tag), `there is no part ${tag} that could be shown`)
      same(new Set(parts).size, parts.length, 'different parts that are shown')
      assert(
        maxTextLength === undefined || (isCount(maxTextLength) && maxTextLength > 0),
        'maxTextLength must be a positive number',
      )
    },
  },
  {
    area,
    name: 'say of files what can be true at the same time',
    body: async ({ channel }) => {
      const { max, maxBytes, types } = channel.capabilities.files
      assert(isCount(max) && isCount(maxBytes), 'limits of files must be whole numbers from zero on')
      if (max === 0) same(types, [], 'types of a channel that has no files')
      else assert(maxBytes > 0 && types.length > 0, 'a channel that has files must accept some type and some size')
      for (const type of types) {
        assert(/^[a-z]+\/(\*|[a-z0-9][a-z0-9.+_-]*)$/.test(type), `not a media type or a pattern of one: ${type}`)
      }
    },
  },
  {
    area,
    name: 'say that it is live exactly when there is something to connect',
    body: async ({ channel }) => {
      same(typeof channel.connect === 'function', channel.capabilities.live, 'whether there is a connect')
    },
  },
  {
    area,
    name: 'come with a name and the version of the port',
    body: async ({ channel }) => {
      same(channel.spi, 1, 'the version of the port')
      assert(/^[a-z][a-z0-9-]*$/.test(channel.name), `a channel's name is in lower case, with hyphens: ${channel.name}`)
    },
  },
]
