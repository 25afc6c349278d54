import { type AllowedHost, download, textAt } from '@guichet/channel-kit'
import type { FetchContext, FetchOutcome, RemoteFile } from '@guichet/engine/ports'
import { namedBy } from './remote-file.ts'

/** Where Meta keeps the files of messages. Their addresses are signed and expire; nothing secret is sent along. */
const hosts: ReadonlyArray<AllowedHost> = ['lookaside.fbsbx.com', '*.fbsbx.com', '*.fbcdn.net', '*.cdninstagram.com']

/** Brings a file of a message. An address that has expired is gone for good: Meta gives no other. */
export const fetchFile = async (
  { name, mime, remote, sha256 }: RemoteFile,
  mediaHosts: ReadonlyArray<string>,
  { fetch, signal, maxBytes }: FetchContext,
): Promise<FetchOutcome> => {
  const outcome = await download(fetch, {
    url: textAt(remote, 'url') ?? '',
    hosts: [...hosts, ...mediaHosts],
    maxBytes,
    mime,
    signal,
    expired: 'Gone',
    ...(sha256 === undefined ? {} : { sha256 }),
  })
  if (outcome._tag !== 'Fetched' || outcome.mime === undefined) return outcome
  const named = namedBy(name, outcome.mime)
  return named === name ? outcome : { ...outcome, name: named }
}
