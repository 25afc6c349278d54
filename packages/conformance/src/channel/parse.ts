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
    needs: 'samples',
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
]
