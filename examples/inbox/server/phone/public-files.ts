import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Blobs, FileRef } from '@guichet/engine/ports'
import { Hono } from 'hono'

/** Attachments for whoever has their address, which cannot be guessed: a provider of MMS fetches them there. */
export interface PublicFiles {
  readonly link: (file: FileRef, account: { readonly workspace: string }) => string
  readonly routes: Hono
}

export const publicFiles = (options: {
  readonly blobs: Blobs
  readonly secret: string
  readonly url: () => string
}): PublicFiles => {
  const { blobs, secret, url } = options
  const sign = (...said: ReadonlyArray<string>): string =>
    createHmac('sha256', secret).update(JSON.stringify(said)).digest('base64url')
  const isSigned = (signature: string, ...said: ReadonlyArray<string>): boolean => {
    const [given, expected] = [Buffer.from(signature), Buffer.from(sign(...said))]
    return given.byteLength === expected.byteLength && timingSafeEqual(given, expected)
  }
  return {
    link: ({ blob, name, mime }, { workspace }) => {
      const path = [sign(workspace, blob, mime), workspace, blob, name].map(encodeURIComponent).join('/')
      return `${url()}/files/${path}?${new URLSearchParams({ mime })}`
    },
    routes: new Hono().get('/files/:signature/:workspace/:blob/:name', async (c) => {
      const { signature, workspace, blob } = c.req.param()
      const mime = c.req.query('mime') ?? ''
      const bytes = isSigned(signature, workspace, blob, mime) ? await blobs.get(workspace, blob) : undefined
      if (bytes === undefined) return c.body(null, 404)
      return c.body(new Uint8Array(bytes), 200, {
        'content-type': mime,
        'content-disposition': 'attachment',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      })
    }),
  }
}
