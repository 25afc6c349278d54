import type { WhatsAppSettings } from '../settings/settings.ts'

/** Said with every request: some programs get a page in place of a file. */
export const userAgent = 'guichet'

/** The address of something in the Graph API, in the version of the account. */
export const endpoint = ({ graphOrigin, apiVersion }: WhatsAppSettings, ...path: ReadonlyArray<string>): string =>
  [graphOrigin, apiVersion, ...path.map(encodeURIComponent)].join('/')

export const headersOf = ({ accessToken }: WhatsAppSettings): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${accessToken}`,
  'user-agent': userAgent,
})
