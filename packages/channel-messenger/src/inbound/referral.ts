import { field, idAt, textAt } from '@guichet/channel-kit'
import type { ReadKind } from './read-kind.ts'
import { saysOnly } from './says-only.ts'
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
  if (idAt(referral, 'ad_id') !== undefined) return 'ad'
  return field(referral, 'product') === undefined ? 'link' : 'product'
}

const shownOf = ['ref', 'source', 'type', 'referer_uri', 'ads_context_data']

/** What somebody came by: an advertisement, a link to the conversation, a product. `ref` is what the business put there. */
export const referralOf = (referral: unknown): Content => {
  const ref = textAt(referral, 'ref') || undefined
  const advertisement = idAt(referral, 'ad_id')
  const about = advertisement ?? idAt(referral, 'product', 'id')
  const { part, whole } = withSound(
    { _tag: 'Referral', source: sourceOf(referral) },
    {
      id: about ?? ref,
      title: textAt(referral, 'ads_context_data', 'ad_title'),
      text: about === undefined ? undefined : ref,
      url: textAt(referral, 'referer_uri'),
    },
  )
  // The pictures of an advertisement, its post and the like are kept beside it.
  const shown =
    saysOnly(referral, ...shownOf, advertisement === undefined ? 'product' : 'ad_id') &&
    saysOnly(field(referral, 'product'), 'id') &&
    saysOnly(field(referral, 'ads_context_data'), 'ad_title')
  return { parts: [part], whole: whole && shown }
}

/** What a message or a tap came by, where it says so: one or none. */
export const referredBy = (said: unknown): ReadonlyArray<Content> => {
  const referral = field(said, 'referral')
  return saysOnly(referral) ? [] : [referralOf(referral)]
}

/** Somebody came back by a link or an advertisement, into a conversation that was there, and has said nothing yet. */
export const readReferral: ReadKind = (event, body, place) =>
  told(event, body, place, referralOf(body), { kind: 'referral' })
