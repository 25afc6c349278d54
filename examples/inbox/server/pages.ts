import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

/** Nothing inline, nothing foreign; the frame is for mails, which bring a stricter policy of their own. */
const policy = (socket: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' blob: data:",
    `connect-src 'self' ${socket}`,
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    // The page with two agents shows the others in frames of its own.
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
  ].join('; ')

/** Where the chat's socket is: not every browser counts it as `'self'`. */
const socketOf = (url: string): string => new URL(url).origin.replace(/^http/, 'ws')

const headersFor = (url: string) => ({
  'content-security-policy': policy(socketOf(url)),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-cache',
})

/** The desk, the shop, the mailbox and the telephone, from the folder that Vite built. */
export const pages = (dist: string) => {
  const page = (name: string): string => readFileSync(join(dist, name, 'index.html'), 'utf8')
  return new Hono()
    .get('/', (c) => c.html(page('desk'), 200, headersFor(c.req.url)))
    .get('/site', (c) => c.html(page('site'), 200, headersFor(c.req.url)))
    .get('/split', (c) => c.html(page('split'), 200, headersFor(c.req.url)))
    .get('/mailbox', (c) => c.html(page('mailbox'), 200, headersFor(c.req.url)))
    .get('/phone', (c) => c.html(page('phone'), 200, headersFor(c.req.url)))
    .use(
      '/assets/*',
      serveStatic({
        root: dist,
        onFound: (_path, c) => {
          c.header('cache-control', 'public, max-age=31536000, immutable')
          c.header('x-content-type-options', 'nosniff')
        },
      }),
    )
    .get('/widget.js', serveStatic({ root: dist, path: 'widget.js' }))
    .get('/favicon.svg', serveStatic({ root: dist, path: 'favicon.svg' }))
    .get('/favicon-new.svg', serveStatic({ root: dist, path: 'favicon-new.svg' }))
}
