import * as Schema from 'effect/Schema'

/** A text that says something. */
export const line = Schema.String.check(Schema.isPattern(/^\P{Cc}+$/u, { expected: 'a line of text' }))

/** One or several secrets: the old and the new one both count while one is being changed. */
export const secrets = Schema.NonEmptyArray(line)

/** `http` or `https`, without a fragment. */
export const address = Schema.String.check(
  Schema.makeFilter((text: string) => (/^https?:\/\/[^\s#@]+$/.test(text) && URL.canParse(text)) || 'an http address'),
)

/** E.164, a short code, or a name of at most 11 letters and digits. */
export const sender = Schema.String.check(
  Schema.isPattern(/^(?:\+[1-9]\d{4,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z\d &_-]{1,11})$/, {
    expected: 'a number as +15550100, a short code, or a name of at most 11 letters and digits',
  }),
)

/** Codes of a provider, as it writes them. */
export const codes = Schema.Array(line)

/** ISO 3166-1 alpha-2. */
export const country = Schema.String.check(Schema.isPattern(/^[A-Z]{2}$/, { expected: 'a country such as FR' }))
