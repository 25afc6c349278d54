import { field, idAt, textAt } from '@guichet/channel-kit'
import type { RichPart } from '@guichet/engine/ports'
import { cut, labelAtMost, sensible, textAtMost } from './sensible.ts'

const referral = (
  source: string,
  said: { readonly id?: string | undefined; readonly title?: string | undefined; readonly text?: string | undefined },
  url: string | undefined,
): ReadonlyArray<RichPart> => {
  const kept = Object.entries(said).filter(([, value]) => value !== undefined)
  const plain = { _tag: 'Referral' as const, source, ...Object.fromEntries(kept) }
  // An address that no browser opens without harm is left out, and nothing else with it.
  const [whole] = url === undefined ? [] : sensible({ ...plain, url })
  return whole === undefined ? sensible(plain) : [whole]
}

const said = ['source_type', 'source_id', 'source_url', 'headline', 'body', 'ctwa_clid', 'image_url', 'video_url']
const saidOfProduct = ['product_retailer_id', 'catalog_id']

/** What says at least one of these; what is empty or null says nothing. */
const saying = (value: unknown, names: ReadonlyArray<string>): unknown =>
  names.some((name) => idAt(value, name) !== undefined) ? value : undefined

/** What somebody came from: an advertisement, a post, or a product of the catalogue that the message asks about. */
export const referralParts = (message: unknown): ReadonlyArray<RichPart> => {
  const from = saying(field(message, 'referral'), said)
  const product = saying(field(message, 'context', 'referred_product'), saidOfProduct)
  if (from === undefined && product === undefined) return []
  const source = cut(textAt(from, 'source_type'), labelAtMost) ?? 'ad'
  const id = cut(idAt(from, 'source_id'), labelAtMost)
  const title = cut(textAt(from, 'headline'), textAtMost)
  const text = cut(textAt(from, 'body'), textAtMost)
  const asked = cut(idAt(product, 'product_retailer_id'), labelAtMost)
  return [
    ...(from === undefined ? [] : referral(source, { id, title, text }, textAt(from, 'source_url'))),
    ...(product === undefined ? [] : referral('product', { id: asked }, undefined)),
  ]
}
