import type { MessageView } from '@guichet/engine'
import { onTestFinished } from 'vitest'
import { phrasebook } from './phrases.ts'
import { openShop, type until, value } from './telegraph.ts'

/** The shop with a translator, whose customers write in their own languages to a team that reads French. */
export const translatedShop = async (
  over: Parameters<typeof openShop>[0] & { readonly translator?: ReturnType<typeof phrasebook> } = {},
  account: { readonly translate?: string | null } = { translate: 'fr' },
) => {
  const book = over.translator ?? phrasebook()
  const shop = await openShop({ ...over, options: { translator: book, ...over.options } })
  onTestFinished(() => shop.engine.close())
  const house = shop.engine.workspace('shop')
  await value(house.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', ...account }))
  const as = (agent: string) => house.as(agent).conversations
  const settle = () => shop.engine.settle()
  const said = async (id: string): Promise<ReadonlyArray<MessageView>> =>
    (await value(as('chloe').timeline(id))).messages
  const turn = (id: string, team: string | null, customer: string | null = null) =>
    as('ana').setTranslation(id, { translation: team === null ? null : { team, customer } })
  return { ...shop, book, house, as, settle, said, turn }
}

/** A clock that stands: only the event loop goes round. */
export const standing = { advance: () => undefined } as unknown as Parameters<typeof until>[0]

export const french = (text: string, state = 'done') => ({ language: 'fr', provider: 'phrasebook', state, text })
