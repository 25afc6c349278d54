import { createHash, createHmac } from 'node:crypto'

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token under HS256. */
export const token = (claims: Readonly<Record<string, unknown>>, secret: string): string => {
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')
