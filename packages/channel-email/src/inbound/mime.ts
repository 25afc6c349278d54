import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import PostalMime, { type Email, type PostalMimeOptions } from 'postal-mime'

export type Mime =
  | { readonly _tag: 'Mail'; readonly mail: Email }
  | { readonly _tag: 'TooMuch' | 'Broken'; readonly reason: string }

const options: PostalMimeOptions = {
  // A forwarded mail is evidence: it stays one file, whatever is in it.
  forceRfc822Attachments: true,
  maxNestingDepth: 50,
  maxHeadersSize: 1_048_576,
  attachmentEncoding: 'arraybuffer',
}

/** Files of one mail; each becomes a stored file. */
const maxAttachments = 500

/** What is parsed in place: about 30 ms at the worst. */
const small = { bytes: 512 * 1024, lines: 5_000, header: 32 * 1024 }

/** A mail of nothing but line breaks takes 170 times its size in memory; base64 has 78 bytes a line. */
const maxLines = (bytes: number): number => Math.max(500_000, Math.ceil(bytes / 60))

const timeLimit = 30_000
const heapLimitMb = 512
const maxWorkers = 2

const countLines = (raw: Uint8Array, enough: number): number => {
  let lines = 1
  for (let at = raw.indexOf(10); at >= 0 && lines <= enough; at = raw.indexOf(10, at + 1)) lines++
  return lines
}

const hasShortHeader = (raw: Uint8Array): boolean => {
  const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, small.header))
  return raw.byteLength <= small.header || head.includes('\r\n\r\n') || head.includes('\n\n')
}

/** How deep and how many cannot be known before parsing; how long and how many lines can, and bound the rest. */
export const readMime = async (raw: Uint8Array): Promise<Mime> => {
  const most = maxLines(raw.byteLength)
  const lines = countLines(raw, most)
  if (lines > most) return { _tag: 'TooMuch', reason: `more than ${most} lines` }
  const inPlace = raw.byteLength <= small.bytes && lines <= small.lines && hasShortHeader(raw)
  const mime = inPlace ? await parseHere(raw) : await inTurn(() => parseApart(raw))
  return mime._tag === 'Mail' && mime.mail.attachments.length > maxAttachments
    ? { _tag: 'TooMuch', reason: `more than ${maxAttachments} files` }
    : mime
}

const parseHere = (raw: Uint8Array): Promise<Mime> =>
  PostalMime.parse(raw, options).then(
    (mail): Mime => ({ _tag: 'Mail', mail }),
    (error: unknown): Mime => ({ _tag: 'Broken', reason: error instanceof Error ? error.message : 'not a mail' }),
  )

/**
 * Runs in a thread of its own, so that a large or hostile mail costs no one else time: it can be stopped, and its memory
 * has an end. Source text, because a thread loads neither TypeScript nor a bundle's chunks.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads')
require(workerData.library).parse(workerData.raw, workerData.options).then(
  (mail) => parentPort.postMessage({ _tag: 'Mail', mail }, mail.attachments.map((file) => file.content.buffer ?? file.content)),
  (error) => parentPort.postMessage({ _tag: 'Broken', reason: String(error && error.message) }),
)
`

const library = (): string => createRequire(import.meta.url).resolve('postal-mime')

const parseApart = (raw: Uint8Array): Promise<Mime> =>
  new Promise((resolve) => {
    const worker = new Worker(program, {
      eval: true,
      execArgv: [],
      env: {},
      workerData: { raw, options, library: library() },
      resourceLimits: { maxOldGenerationSizeMb: heapLimitMb },
    })
    const done = (mime: Mime) => {
      clearTimeout(timer)
      resolve(mime)
      void worker.terminate()
    }
    const timer = setTimeout(() => done({ _tag: 'TooMuch', reason: 'it took too long to read' }), timeLimit)
    worker.once('message', done)
    worker.once('error', (error: Error) => done({ _tag: 'TooMuch', reason: `it could not be read: ${error.message}` }))
    worker.once('exit', () => done({ _tag: 'TooMuch', reason: 'it could not be read' }))
  })

let running = 0
const waiting: Array<() => void> = []

const inTurn = async <A>(work: () => Promise<A>): Promise<A> => {
  if (running >= maxWorkers) await new Promise<void>((go) => waiting.push(go))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next === undefined) running--
    else next()
  }
}
