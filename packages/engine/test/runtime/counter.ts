import type { Agent, Hours, Queue } from '@guichet/engine'
import { type Shop, value } from './telegraph.ts'

export const minute = 60_000
export const hour = 60 * minute

export const desk: Queue = { id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true }
export const ana: Agent = { id: 'ana', name: 'Ana', role: 'agent', queues: ['desk'] }

export const counter = (shop: Shop) => {
  const { engine, clock } = shop
  const workspace = engine.workspace('shop')
  let people = 0
  return {
    workspace,
    /** Somebody else writes for the first time. */
    asks: async (more: Parameters<Shop['write']>[1] = {}, text = 'Bonjour'): Promise<string> => {
      people += 1
      const answer = await shop.write(text, { from: { address: `person-${people}` }, ...more })
      const said = (await answer.json()) as { readonly receipts: ReadonlyArray<{ readonly conversation: string }> }
      return said.receipts[0]?.conversation ?? ''
    },
    now: async (id: string) => (await value(workspace.as('chloe').conversations.get(id))).state,
    journal: async (id: string) =>
      (await value(workspace.as('chloe').conversations.timeline(id))).entries.map(({ what }) => what),
    comesIn: (agent: string) => value(workspace.as(agent).presence.set('online')),
    passes: async (ms: number) => {
      clock.advance(ms)
      await engine.settle()
    },
  }
}

/** Open from nine to five on working days, in London; the clock of a shop starts there on Thursday, 1 January at 9. */
export const office: Hours = {
  id: 'office',
  name: 'Office',
  timeZone: 'Europe/London',
  week: {
    1: [{ from: 540, to: 1020 }],
    2: [{ from: 540, to: 1020 }],
    4: [{ from: 540, to: 1020 }],
    5: [{ from: 540, to: 1020 }],
  },
  holidays: [],
}
