import { idAt, listAt, numberAt, textAt } from '@guichet/channel-kit'
import type { InboundPart, Money } from '@guichet/engine/ports'
import { placesOf } from '../graph/places.ts'
import { cut, labelAtMost, sensible, textAtMost } from './sensible.ts'

/** The most that one part holds; a longer order is several. */
const itemsAtMost = 200

const priceOf = (item: unknown): Money | undefined => {
  const price = numberAt(item, 'item_price')
  const currency = textAt(item, 'currency')
  if (price === undefined || currency === undefined || !/^[A-Z]{3}$/.test(currency)) return undefined
  const amount = Math.round(price * 10 ** placesOf(currency))
  return Number.isSafeInteger(amount) && amount >= 0 ? { amount, currency } : undefined
}

/** What a customer has put together in the catalogue; undefined when an item of it cannot be read. */
export const orderParts = (message: unknown): ReadonlyArray<InboundPart> | undefined => {
  const given = listAt(message, 'order', 'product_items')
  const items = given.flatMap((item) => {
    const id = cut(idAt(item, 'product_retailer_id'), labelAtMost)
    const quantity = numberAt(item, 'quantity')
    const price = priceOf(item)
    return id === undefined || quantity === undefined
      ? []
      : [{ id, quantity, ...(price === undefined ? {} : { price }) }]
  })
  if (items.length === 0 || items.length < given.length) return undefined
  const catalog = cut(idAt(message, 'order', 'catalog_id'), labelAtMost)
  const text = cut(textAt(message, 'order', 'text'), textAtMost)
  const orders = Array.from({ length: Math.ceil(items.length / itemsAtMost) }, (_, at) =>
    sensible({
      _tag: 'Order',
      items: items.slice(at * itemsAtMost, (at + 1) * itemsAtMost),
      ...(catalog === undefined ? {} : { catalog }),
      ...(text === undefined || at > 0 ? {} : { text }),
    }),
  )
  return orders.some((one) => one.length === 0) ? undefined : orders.flat()
}
