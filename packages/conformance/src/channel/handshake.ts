import { assert, same } from '../assert.ts'
import type { ChannelCase } from './harness.ts'

const area = 'handshake'

export const handshakeCases: ReadonlyArray<ChannelCase> = [
  {
    area,
    name: 'answers its provider verbatim, and the same each time',
    needs: ['handshake'],
    body: async ({ channel, account, given }) => {
      const { asks, answer } = given('handshake')
      for (const time of ['first', 'second']) {
        const answered = await channel.handshake?.(asks, account)
        same(answered?.status, answer.status, `the status of the ${time} answer`)
        same(answered?.body ?? '', answer.body ?? '', `the body of the ${time} answer`)
        for (const [name, value] of Object.entries(answer.headers ?? {})) {
          same(answered?.headers?.[name], value, `the header ${name} of the ${time} answer`)
        }
      }
    },
  },
  {
    area,
    name: 'shakes hands with nobody who does not know our secret',
    needs: ['handshake'],
    body: async ({ channel, account, given }) => {
      const { forged } = given('handshake')
      if (forged === undefined) return
      const answered = await channel.handshake?.(forged, account)
      assert(answered === undefined || answered.status >= 400, `answered ${answered?.status}`)
    },
  },
  {
    area,
    name: 'takes nothing else for the question',
    needs: ['handshake', 'samples'],
    body: async ({ channel, account, samples }) => {
      for (const { name, request } of samples) {
        same(await channel.handshake?.(request, account), undefined, `the answer to ${name}`)
      }
    },
  },
]
