import { partIssues } from '@guichet/engine/domain'
import type { InboundPart } from '@guichet/engine/ports'

const numberIn = (text: string | null): number | undefined => {
  const number = text === null || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : undefined
}

const present = <A extends object>(record: A): { [K in keyof A]: Exclude<A[K], undefined> } =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never

const said = (form: URLSearchParams, name: string): string | undefined => {
  const value = form.get(name)
  return value === null || value.trim() === '' ? undefined : value
}

/** What is not as the engine wants it (a label that is too long, an address that is none) is said to be there. */
const sensible = (part: InboundPart): InboundPart =>
  part._tag === 'File' || part._tag === 'RemoteFile' || (partIssues(part) ?? []).length === 0
    ? part
    : { _tag: 'Unsupported', kind: part._tag }

const location = (form: URLSearchParams): ReadonlyArray<InboundPart> => {
  const latitude = numberIn(form.get('Latitude'))
  const longitude = numberIn(form.get('Longitude'))
  if (latitude === undefined || longitude === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180)
    return []
  const named = present({ label: said(form, 'Label'), address: said(form, 'Address') })
  return [{ _tag: 'Location', latitude, longitude, ...named }]
}

const chosen = (form: URLSearchParams): ReadonlyArray<InboundPart> => {
  const choice = said(form, 'ButtonPayload') ?? said(form, 'ListId')
  const label = said(form, 'ButtonText') ?? said(form, 'ListTitle')
  return choice === undefined || label === undefined ? [] : [{ _tag: 'Chosen', choice, label }]
}

const referral = (form: URLSearchParams): ReadonlyArray<InboundPart> => {
  const details = present({
    id: said(form, 'ReferralSourceId'),
    title: said(form, 'ReferralHeadline'),
    text: said(form, 'ReferralBody'),
    url: said(form, 'ReferralSourceUrl'),
  })
  if (Object.keys(details).length === 0) return []
  return [{ _tag: 'Referral', source: said(form, 'ReferralSourceType') ?? 'link', ...details }]
}

/** What messages of WhatsApp and RCS say beyond words and files, where Twilio carries them. */
export const richParts = (form: URLSearchParams): ReadonlyArray<InboundPart> =>
  [...referral(form), ...location(form), ...chosen(form)].map(sensible)
