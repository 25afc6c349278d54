import { createHash, createHmac } from 'node:crypto'

/** A request to sign: its headers in lower case. */
export interface AwsRequest {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Who signs it, and for what. */
export interface AwsSigner {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
  readonly service: string
  /** Epoch milliseconds. */
  readonly now: number
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const keyed = (key: string | Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/**
 * The headers of a POST that is signed (AWS Signature Version 4): those that it has, the time, the host and `authorization`. The
 * path has to be one that needs no escaping, and there is no query.
 */
export const signedHeaders = (
  { url, headers, body }: AwsRequest,
  { accessKeyId, secretAccessKey, region, service, now }: AwsSigner,
): Readonly<Record<string, string>> => {
  const time = new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, '')
  const day = time.slice(0, 8)
  const all: Readonly<Record<string, string>> = { ...headers, host: url.host, 'x-amz-date': time }
  const names = Object.keys(all).sort()
  const lines = names.map((name) => `${name}:${all[name]?.trim()}\n`).join('')
  const canonical = ['POST', url.pathname, '', lines, names.join(';'), sha256(body)].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(keyed, `AWS4${secretAccessKey}`)
  const signature = keyed(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex')
  const credential = `Credential=${accessKeyId}/${scope}`
  return {
    ...all,
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  }
}
