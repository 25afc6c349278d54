import type { IncomingMessage } from 'node:http'

/** The whole body, unless it is longer than `max` bytes or the peer breaks it off. Nothing beyond `max` is held. */
export const readBody = (request: IncomingMessage, max: number): Promise<Uint8Array | 'too_large' | 'broken'> =>
  new Promise((resolve) => {
    const chunks: Array<Buffer> = []
    let size = 0
    if (Number(request.headers['content-length'] ?? 0) > max) return resolve('too_large')
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= max) return void chunks.push(chunk)
      chunks.length = 0
      resolve('too_large')
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', () => resolve('broken'))
    request.on('close', () => resolve('broken'))
  })
