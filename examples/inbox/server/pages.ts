import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

const dist = fileURLToPath(new URL('../dist', import.meta.url))

/** Nothing inline, nothing foreign; the frame is for mails, which bring a stricter policy of their own. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-cache',
}

const page = (name: string): string => readFileSync(join(dist, name, 'index.html'), 'utf8')

export const pages = () =>
  new Hono()
    .get('/', (c) => c.html(page('desk'), 200, headers))
    .get('/site', (c) => c.html(page('site'), 200, headers))
    .get('/mailbox', (c) => c.html(page('mailbox'), 200, headers))
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
