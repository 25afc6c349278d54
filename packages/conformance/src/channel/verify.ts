import type { WireRequest } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { assert, same } from '../assert.ts'
import { holds } from '../property.ts'
import type { ChannelCase } from './harness.ts'
import { hostileRequest } from './requests.ts'

const area = 'verify'

const flipped = (request: WireRequest, where: number, bit: number): WireRequest => {
  const body = request.body.length === 0 ? Uint8Array.of(0) : request.body.slice()
  const at = where % body.length
  body[at] = (body[at] ?? 0) ^ (1 << bit)
  return { ...request, body }
}

/** The headers that a signature is in. */
const addedBy = (request: WireRequest, signed: WireRequest): ReadonlyArray<string> =>
  Object.keys(signed.headers).filter((name) => signed.headers[name] !== request.headers[name])

/** With another letter or digit in its middle, where every bit of an encoding counts. */
const altered = (value: string): string => {
  const middle = Math.floor(value.length / 2)
  return `${value.slice(0, middle)}${value[middle] === '0' ? '1' : '0'}${value.slice(middle + 1)}`
}

export const verifyCases: ReadonlyArray<ChannelCase> = [
  {
    area,
    name: 'says yes or no to any request, and never throws',
    body: async ({ channel, account, samples, runs }) => {
      await holds(
        fc.asyncProperty(hostileRequest(samples), async (request) => {
          const answer = await channel.verify(request, account)
          assert(typeof answer === 'boolean', 'verify must say yes or no')
        }),
        runs,
      )
    },
  },
  {
    area,
    name: 'says yes to what the provider has signed',
    needs: ['sign'],
    body: async ({ channel, account, samples, sign }) => {
      assert(samples.length > 0, 'a harness that can sign must have samples')
      for (const { name, request } of samples) {
        same(await channel.verify(await sign(request), account), true, `verify of ${name}`)
      }
    },
  },
  {
    area,
    name: 'says no when a single bit of the body is another',
    needs: ['seal'],
    body: async ({ channel, account, samples, sign, runs }) => {
      await holds(
        fc.asyncProperty(
          fc.constantFrom(...samples),
          fc.nat(1_000_000),
          fc.nat(7),
          async ({ name, request }, where, bit) => {
            const forged = flipped(await sign(request), where, bit)
            same(await channel.verify(forged, account), false, `verify of ${name} with a bit flipped`)
          },
        ),
        runs,
      )
    },
  },
  {
    area,
    name: 'says no to what is not signed, or was signed for something else',
    needs: ['seal'],
    body: async ({ channel, account, samples, sign }) => {
      for (const { name, request } of samples) {
        same(await channel.verify(request, account), false, `verify of ${name} without a signature`)
        const longer = Uint8Array.of(...request.body, 32)
        const other = await sign({ ...request, body: longer })
        same(
          await channel.verify({ ...other, body: request.body }, account),
          false,
          `verify of ${name} with a foreign signature`,
        )
      }
    },
  },
  {
    area,
    name: 'says no when something of the signature is missing, or is another',
    needs: ['sign', 'samples'],
    body: async ({ channel, account, samples, sign }) => {
      for (const { name, request } of samples) {
        const signed = await sign(request)
        for (const header of addedBy(request, signed)) {
          const { [header]: value = '', ...headers } = signed.headers
          same(await channel.verify({ ...signed, headers }, account), false, `verify of ${name} without ${header}`)
          const forged = { ...signed, headers: { ...headers, [header]: altered(value) } }
          same(await channel.verify(forged, account), false, `verify of ${name} with another ${header}`)
          const empty = { ...signed, headers: { ...headers, [header]: '' } }
          same(await channel.verify(empty, account), false, `verify of ${name} with an empty ${header}`)
        }
      }
    },
  },
  {
    area,
    name: 'says no to what was signed with the secret of another account',
    guarantee: 'G52',
    needs: ['sign', 'samples', 'other'],
    body: async ({ channel, account, samples, sign, given }) => {
      const other = given('other')
      for (const { name, request } of samples) {
        const signed = await sign(request, other)
        same(await channel.verify(signed, other), true, `verify of ${name} by the account that it was signed for`)
        same(await channel.verify(signed, account), false, `verify of ${name} by another account`)
      }
    },
  },
]
