import { type AllowedHost, download } from '@guichet/channel-kit'
import type { FetchContext, FetchOutcome, RemoteFile } from '@guichet/engine/ports'
import { addressOf } from '../inbound/media.ts'
import { apiOf, authorization, type TwilioSettings } from './settings.ts'

/** Where `api.twilio.com` sends on to; these are told no password. */
const stores: ReadonlyArray<string> = [
  '*.twilio.com',
  '*.twiliocdn.com',
  's3.amazonaws.com',
  '*.s3.amazonaws.com',
  's3-external-1.amazonaws.com',
]

const hostsOf = (settings: TwilioSettings): ReadonlyArray<AllowedHost> => [
  { host: settings.apiUrl === undefined ? 'api.twilio.com' : new URL(apiOf(settings)).origin, secret: true },
  ...stores,
  ...(settings.mediaHosts ?? []),
]

/** Brings a file of a message. The password goes to the API alone. */
export const fetchTwilio = (
  file: RemoteFile,
  settings: TwilioSettings,
  { fetch, signal, maxBytes }: FetchContext,
): Promise<FetchOutcome> =>
  download(fetch, {
    url: addressOf(file),
    hosts: hostsOf(settings),
    headers: { authorization: authorization(settings) },
    mime: file.mime,
    maxBytes,
    signal,
    ...(file.sha256 === undefined ? {} : { sha256: file.sha256 }),
  })
