import { field, idAt, textAt } from '@guichet/channel-kit'
import type { ReadKind } from './read-kind.ts'
import { withSound } from './sound.ts'
import { type Content, told } from './told.ts'

/** Meta's words for where somebody came from, as the engine's other channels have them; others stay, in lower case. */
const sources = new Map([
  ['ADS', 'ad'],
  ['SHORTLINK', 'link'],
])

const sourceOf = (referral: unknown): string => {
  const said = textAt(referral, 'source')
  if (said !== undefined && said.trim() !== '') return (sources.get(said) ?? said.toLowerCase()).slice(0, 200)
  return field(referral, 'product') === undefined ? 'link' : 'product'
}

/** What somebody came by: an advertisement, a link to the conversation, a product. `ref` is what the business put there. */
export const referralOf = (referral: unknown): Content => {
  const ref = textAt(referral, 'ref') || undefined
  const ad = idAt(referral, 'ad_id') ?? idAt(referral, 'product', 'id')
  const { part, whole } = withSound(
    { _tag: 'Referral', source: sourceOf(referral) },
    {
      id: ad ?? ref,
      title: textAt(referral, 'ads_context_data', 'ad_title'),
      text: ad === undefined ? undefined : ref,
      url: textAt(referral, 'referer_uri'),
    },
  )
  // The pictures of an advertisement, its post and the like are kept beside it.
  return { parts: [part], whole: whole && field(referral, 'ads_context_data') === undefined }
}

/** Somebody came back by a link or an advertisement, into a conversation that was there, and has said nothing yet. */
export const readReferral: ReadKind = (event, body, place) =>
  told(event, body, place, referralOf(body), { kind: 'referral' })
