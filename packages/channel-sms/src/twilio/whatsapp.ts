import type { InboundPart } from '@guichet/engine/ports'
import { soundPart } from '../inbound/sound.ts'

const numberIn = (text: string | null): number | undefined => {
  const number = text === null || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : undefined
}

const said = (form: URLSearchParams, name: string): string | undefined => {
  const value = form.get(name)
  return value === null || value.trim() === '' ? undefined : value
}

const location = (form: URLSearchParams): ReadonlyArray<InboundPart> => {
  const latitude = numberIn(form.get('Latitude'))
  const longitude = numberIn(form.get('Longitude'))
  if (latitude === undefined || longitude === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180)
    return []
  return [
    soundPart(
      { _tag: 'Location', latitude, longitude },
      { label: said(form, 'Label'), address: said(form, 'Address') },
    ),
  ]
}

const chosen = (form: URLSearchParams): ReadonlyArray<InboundPart> => {
  const choice = said(form, 'ButtonPayload') ?? said(form, 'ListId')
  const label = said(form, 'ButtonText') ?? said(form, 'ListTitle')
  return choice === undefined || label === undefined ? [] : [soundPart({ _tag: 'Chosen', choice, label })]
}

const referral = (form: URLSearchParams): ReadonlyArray<InboundPart> => {
  const details = {
    id: said(form, 'ReferralSourceId'),
    title: said(form, 'ReferralHeadline'),
    text: said(form, 'ReferralBody'),
    url: said(form, 'ReferralSourceUrl'),
  }
  if (Object.values(details).every((value) => value === undefined)) return []
  return [soundPart({ _tag: 'Referral', source: said(form, 'ReferralSourceType') ?? 'link' }, details)]
}

/** What messages of WhatsApp and RCS say beyond words and files, where Twilio carries them. */
export const richParts = (form: URLSearchParams): ReadonlyArray<InboundPart> => [
  ...referral(form),
  ...location(form),
  ...chosen(form),
]
