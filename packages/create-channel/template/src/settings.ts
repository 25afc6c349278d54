import type { StandardSchema } from '@guichet/engine/ports'

/** What an account is set up with. */
export interface ExampleChannelSettings {
  /** Signs what the provider sends us; several while one replaces another. */
  readonly secrets: ReadonlyArray<string>
  /** What we show the provider when we send. */
  readonly token: string
  /** Where messages are posted to. */
  readonly url: string
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** Any Standard Schema will do: Effect Schema, Zod, Valibot. */
export const settings: StandardSchema<ExampleChannelSettings> = {
  '~standard': {
    version: 1,
    vendor: 'example-channel',
    validate: (value) => {
      const { secrets, token, url } = Object(value) as Readonly<Record<string, unknown>>
      const issues = [
        ...(Array.isArray(secrets) && secrets.length > 0 && secrets.every(isText)
          ? []
          : ['secrets: at least one text']),
        ...(isText(token) ? [] : ['token: a text']),
        ...(isText(url) && URL.canParse(url) ? [] : ['url: where messages are posted to']),
      ]
      return issues.length === 0
        ? { value: { secrets, token, url } as ExampleChannelSettings }
        : { issues: issues.map((message) => ({ message })) }
    },
  },
}
