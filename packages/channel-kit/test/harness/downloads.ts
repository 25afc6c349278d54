import { type AllowedHost, download, type DownloadRequest } from '../../src/index.ts'
import { httpServer } from './servers.ts'

export const bytes = Uint8Array.from({ length: 3000 }, (_, at) => at % 251)

export const bring = (url: string, hosts: ReadonlyArray<AllowedHost>, more: Partial<DownloadRequest> = {}) =>
  download(fetch, { url, hosts, maxBytes: 10_000, signal: new AbortController().signal, ...more })

/** Answers everything with `bytes`. */
export const fileServer = () =>
  httpServer((_, response) => {
    response.writeHead(200, { 'content-type': 'image/png' }).end(bytes)
  })
