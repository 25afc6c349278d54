import { textAt } from '@guichet/channel-kit'
import type { Json, ProfileOutcome } from '@guichet/engine/ports'

const said = (json: Json, name: string): string | undefined => textAt(json, name)?.trim() || undefined

/** Meta writes `fr_CA`; undefined for what is no language. */
const languageOf = (locale: string | undefined): string | undefined => {
  try {
    return locale === undefined ? undefined : Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0]
  } catch {
    return undefined
  }
}

const pictureOf = (url: string | undefined): string | undefined =>
  url !== undefined && URL.canParse(url) && new URL(url).protocol === 'https:' ? url : undefined

/** What a user profile says: a name, or the two that it is made of; on Instagram people may have none but their handle. */
export const profileOf = (json: Json): ProfileOutcome => {
  const both = [said(json, 'first_name'), said(json, 'last_name')].filter((name) => name !== undefined).join(' ')
  const username = said(json, 'username')
  const name = said(json, 'name') ?? (both || username)
  const language = languageOf(said(json, 'locale'))
  const avatar = pictureOf(said(json, 'profile_pic'))
  const profile = {
    ...(name === undefined ? {} : { name }),
    ...(language === undefined ? {} : { language }),
    ...(avatar === undefined ? {} : { avatar }),
    ...(username === undefined ? {} : { attributes: { username } }),
  }
  return Object.keys(profile).length === 0 ? { _tag: 'Unknown' } : { _tag: 'Found', ...profile }
}
