import { type AllowedHost, download, textAt } from '@guichet/channel-kit'
import type { FetchContext, FetchOutcome, RemoteFile } from '@guichet/engine/ports'

/** Where Meta keeps the files of messages. Their addresses are signed and expire; nothing secret is sent along. */
const hosts: ReadonlyArray<AllowedHost> = ['lookaside.fbsbx.com', '*.fbsbx.com', '*.fbcdn.net', '*.cdninstagram.com']

/** Brings a file of a message. An address that has expired is gone for good: Meta gives no other. */
export const fetchFile = async (
  { remote, sha256 }: RemoteFile,
  mediaHosts: ReadonlyArray<string>,
  { fetch, signal, maxBytes }: FetchContext,
): Promise<FetchOutcome> =>
  download(fetch, {
    url: textAt(remote, 'url') ?? '',
    hosts: [...hosts, ...mediaHosts],
    maxBytes,
    signal,
    expired: 'Gone',
    ...(sha256 === undefined ? {} : { sha256 }),
  })
