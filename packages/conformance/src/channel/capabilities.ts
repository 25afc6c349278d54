import { richParts } from '@guichet/engine/domain'
import { assert, same } from '../assert.ts'
import type { ChannelCase } from './harness.ts'
import { plain } from './render.ts'

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
    name: 'say which signals there are, and whether there are profiles, exactly when there is something to ask',
    body: async ({ channel }) => {
      const { signals = [], profiles = false } = channel.capabilities
      const known: ReadonlyArray<string> = ['Read', 'Typing', 'Reaction', 'Control']
      for (const tag of signals) assert(known.includes(tag), `there is no signal ${tag}`)
      same(new Set(signals).size, signals.length, 'different signals')
      same(typeof channel.signal === 'function', signals.length > 0, 'whether there is a signal')
      same(typeof channel.profile === 'function', profiles, 'whether there is a profile')
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
  {
    area,
    name: 'say what its requests show it to do',
    needs: ['samples'],
    body: async ({ channel, account, samples }) => {
      const { receipts, consent, reportsByKey } = channel.capabilities
      const events = (await Promise.all(samples.map(({ request }) => channel.parse(request, account)))).flat()
      for (const event of events) {
        if (event._tag === 'DeliveryReported') {
          assert(receipts || (event.status !== 'delivered' && event.status !== 'read'), 'receipts come: say receipts')
          assert(event.reference === undefined || reportsByKey === true, 'reports name keys: say reportsByKey')
        }
        assert(event._tag !== 'ConsentChanged' || consent === true, 'consent changes: say consent')
        const remote = 'parts' in event && event.parts.some((part) => part._tag === 'RemoteFile')
        assert(!remote || channel.fetchFile !== undefined, 'files are with the provider: there must be a fetchFile')
      }
    },
  },
  {
    area,
    name: 'say whether a file can be sent: one that is accepted becomes a wire, and none is dropped in silence',
    guarantee: 'G32',
    body: async ({ channel, account, address }) => {
      const { max, maxBytes, types } = channel.capabilities.files
      const [type = 'image/png'] = types
      const file = {
        blob: '01900000-0000-7000-8000-000000000002',
        name: 'chair',
        mime: type.endsWith('/*') ? `${type.slice(0, -1)}${type === 'image/*' ? 'png' : 'mp4'}` : type,
        size: Math.min(maxBytes, 1_000),
      }
      const alone = { ...plain(account.workspace, address), parts: [{ _tag: 'File' as const, file }] }
      const rendered = await channel.render(alone, account)
      same(rendered._tag, max === 0 ? 'Unsupported' : 'Rendered', 'what became of a file')
    },
  },
  {
    area,
    name: 'answer a provider that all is well with a status that says so',
    body: async ({ channel }) => {
      const { status = 200 } = channel.acknowledgement ?? {}
      assert(status >= 200 && status < 300, `all is well, and the provider is answered ${status}`)
    },
  },
]
