import * as fc from 'fast-check'
import { assert, same } from '../assert.ts'
import { holds } from '../property.ts'
import { checkEvent } from './events.ts'
import type { ChannelCase } from './harness.ts'
import { hostileRequest } from './requests.ts'

const area = 'parse'

export const parseCases: ReadonlyArray<ChannelCase> = [
  {
    area,
    name: 'never throws, whatever arrives, and answers only with events that the engine knows',
    guarantee: 'G06',
    body: async ({ channel, account, samples, runs }) => {
      await holds(
        fc.asyncProperty(hostileRequest(samples), async (request) => {
          for (const event of await channel.parse(request, account)) checkEvent(event)
        }),
        runs,
      )
    },
  },
  {
    area,
    name: 'makes the same of the same bytes',
    guarantee: 'G05',
    body: async ({ channel, account, samples, runs }) => {
      await holds(
        fc.asyncProperty(hostileRequest(samples), async (request) => {
          same(await channel.parse(request, account), await channel.parse(request, account), 'the events')
        }),
        runs,
      )
    },
  },
  {
    area,
    name: 'leaves the bytes as they are',
    body: async ({ channel, account, samples, runs }) => {
      await holds(
        fc.asyncProperty(hostileRequest(samples), async (request) => {
          const before = request.body.slice()
          await channel.parse(request, account)
          same(request.body, before, 'the body after it was parsed')
        }),
        runs,
      )
    },
  },
  {
    area,
    name: 'understands every sample',
    needs: ['samples'],
    body: async ({ channel, account, samples }) => {
      for (const { name, request } of samples) {
        const events = await channel.parse(request, account)
        assert(events.length > 0, `${name} must mean something`)
        for (const event of events) {
          checkEvent(event)
          assert(event._tag !== 'Unreadable', `${name} must be readable`)
        }
      }
    },
  },
  {
    area,
    name: 'makes as many messages of a request as are in it, in their order',
    guarantee: 'G07',
    needs: ['batch'],
    body: async ({ channel, account, given, runs }) => {
      const batch = given('batch')
      await holds(
        fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.nat(), async (count, salt) => {
          const texts = Array.from({ length: count }, (_, n) => `words ${salt} ${n}`)
          const events = await channel.parse(batch(texts), account)
          const said = events.flatMap((event) =>
            event._tag === 'MessageReceived'
              ? [event.parts.flatMap((part) => (part._tag === 'Text' ? [part.text] : [])).join('')]
              : [],
          )
          same(said, texts, 'the messages')
        }),
        runs,
      )
    },
  },
  {
    area,
    name: 'gives messages of one request ids of their own, or none',
    guarantee: 'G05',
    needs: ['batch'],
    body: async ({ channel, account, given }) => {
      const events = await channel.parse(given('batch')(['one', 'two', 'three']), account)
      const ids = events.flatMap((event) =>
        event._tag === 'MessageReceived' && event.externalId !== undefined ? [event.externalId] : [],
      )
      same(new Set(ids).size, ids.length, 'different ids')
      assert(!ids.includes(''), 'an id must not be empty')
    },
  },
]
