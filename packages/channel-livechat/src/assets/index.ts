import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** Where the build puts the widget as one script. */
const built = new URL('../guichet-chat.js', import.meta.url)

// A name that bundlers do not follow: what is published needs no bundler, a checkout has one.
const bundler = 'esbuild'

const bundle = async (): Promise<string> => {
  const { build } = (await import(bundler)) as typeof import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../widget/index.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/**
 * The widget as one classic script, for a host that serves it itself: `<script src="/guichet-chat.js" async>` and
 * `<guichet-chat>` anywhere in the page. Reads the built file; in a checkout that has not been built it is bundled from
 * source, so keep the result.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import { widgetScript } from '@guichet/channel-livechat/assets'
 *
 * const script = await widgetScript()
 * const server = createServer((_, response) => response.setHeader('content-type', 'text/javascript').end(script))
 * console.log(server.listening, script.includes('guichet-chat'))
 * ```
 *
 * ```text
 * false true
 * ```
 */
export const widgetScript = async (): Promise<string> => {
  try {
    return await readFile(built, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return bundle()
  }
}
