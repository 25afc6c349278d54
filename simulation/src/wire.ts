import type { Channel, InboundEvent, SendOutcome } from '@guichet/engine/ports'
import { plainChannel } from '../../tooling/channels/plain-channel.ts'
import type { Chance } from './chance.ts'
import { type Ledger, count } from './ledger.ts'

const text = new TextDecoder()

const outcome = (chance: Chance, id: string): SendOutcome => {
  const draw = chance.between(0, 99)
  if (draw < 84) return { _tag: 'Accepted', externalId: id }
  if (draw < 92) return { _tag: 'Retry', reason: 'busy', afterMs: chance.between(0, 120_000) }
  if (draw < 96) return { _tag: 'Ambiguous', reason: 'no answer' }
  return { _tag: 'Rejected', code: 'unknown', reason: 'no such number' }
}

/** A provider of messages, fallible and late: what it takes is in the ledger, and it reports when it gets round to it. */
export const wire = (ledger: Ledger, chance: Chance, now: () => number): Channel =>
  plainChannel({
    name: 'wire',
    capabilities: { edit: true, delete: true, receipts: true },
    parse: (request) => JSON.parse(text.decode(request.body)) as ReadonlyArray<InboundEvent>,
    render: (message) => ({
      _tag: 'Rendered',
      wires: [message.parts.map((part) => (part._tag === 'Text' ? part.text : part._tag)).join('\n')],
    }),
    send: (words, _account, { idempotencyKey }) => {
      const id = `out-${ledger.taken.length}-${idempotencyKey}`
      const answer = outcome(chance, id)
      count(ledger, `send ${answer._tag}`)
      // Who does not answer may have taken it all the same.
      if (answer._tag === 'Accepted' || (answer._tag === 'Ambiguous' && chance.percent(50))) {
        ledger.taken.push({ key: idempotencyKey, text: words })
        for (const status of ['delivered', 'read'] as const) {
          if (!chance.percent(70)) continue
          const body = JSON.stringify([{ _tag: 'DeliveryReported', externalId: id, status, at: now() }])
          const times = chance.percent(20) ? 2 : 1
          for (let time = 0; time < times; time += 1) ledger.callbacks.push({ at: now() + chance.wait(600_000), body })
        }
      }
      return answer
    },
  })
