import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export interface PageOptions {
  readonly lang?: string
  readonly dir?: 'rtl'
  /** The style sheet of the page: `shop`, or one that tries to break what it contains. */
  readonly css?: 'shop' | 'dark' | 'both' | 'hostile'
  /** The attributes of `<guichet-chat>`. */
  readonly widget?: string
  /** With the strictest policy that a site can have. */
  readonly strict?: boolean
}

const shop = `
@font-face{font-family:"Inter Variable";src:url(/inter.woff2);font-weight:100 900}
body{margin:0;padding:40px;background:Canvas;color:CanvasText;font:16px/1.5 "Inter Variable",sans-serif;min-height:1200px}
a{color:inherit}
`
const styles: Readonly<Record<string, string>> = {
  shop: `${shop}:root{color-scheme:light}body{background:#faf7f2;color:#1b1c1e}`,
  dark: `${shop}:root{color-scheme:dark}`,
  both: `${shop}:root{color-scheme:light dark}`,
  hostile: `${shop}
*{color:red!important;letter-spacing:5px!important;text-transform:uppercase!important;font-size:31px!important;
line-height:3!important;text-align:right!important;cursor:wait!important;display:block!important;
box-sizing:content-box!important;word-spacing:9px!important;font-style:italic!important;text-shadow:2px 2px blue!important}
button,textarea,ol,li,p{background:lime!important;border:9px solid blue!important;padding:40px!important}`,
}

const document = ({ lang = 'en', dir, css = 'shop', widget = '' }: PageOptions): string => `<!doctype html>
<html lang="${lang}"${dir === undefined ? '' : ` dir="${dir}"`}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Maison Lune</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${css}.css"><script type="module" src="/page.js"></script></head>
<body><main><h1>Maison Lune</h1><p>Bougies et parfums d’intérieur. <a href="#shop">Boutique</a></p></main>
<guichet-chat ${widget}></guichet-chat></body></html>`

/** A small shop that includes the widget; its script is the source, bundled. */
export const startSite = async () => {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  })
  const script = bundle.outputFiles[0]?.text ?? ''
  const font = await readFile(
    createRequire(import.meta.url).resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'),
  )
  const picture = await readFile(fileURLToPath(new URL('candle.svg', import.meta.url)))
  const requests: string[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://site')
    requests.push(url.pathname)
    const css = styles[url.pathname.slice(1, -4)]
    const send = (type: string, body: string | Buffer) => response.setHeader('content-type', type).end(body)
    if (url.pathname === '/page.js') return send('text/javascript', script)
    if (url.pathname === '/inter.woff2') return send('font/woff2', font)
    if (url.pathname === '/candle.svg') return send('image/svg+xml', picture)
    if (css !== undefined) return send('text/css', css)
    if (url.pathname !== '/') return response.writeHead(404).end()
    const options = JSON.parse(url.searchParams.get('page') ?? '{}') as PageOptions
    if (options.strict === true) {
      response.setHeader(
        'content-security-policy',
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
      )
    }
    return send('text/html; charset=utf-8', document(options))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    /** The paths asked for since the start. */
    requests,
    url: (options: PageOptions = {}) => `${origin}/?page=${encodeURIComponent(JSON.stringify(options))}`,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export type Site = Awaited<ReturnType<typeof startSite>>
