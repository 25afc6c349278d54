import { createHmac, randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { post } from '../provider.ts'
import type { Application } from '../subscriptions.ts'

/** The part of a path that says which version of the Graph API is spoken. */
export const version = ':version{v\\d+\\.\\d+}'

/** Why the Graph API refuses something. */
export interface GraphProblem {
  readonly status?: ContentfulStatusCode
  readonly code: number
  readonly subcode?: number
  readonly message: string
  readonly details?: string
}

export const graphRefuse = (c: Context, { status = 400, code, subcode, message, details }: GraphProblem): Response =>
  c.json(
    {
      error: {
        message: `(#${code}) ${message}`,
        type: 'OAuthException',
        code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details } }),
        fbtrace_id: randomUUID().slice(0, 22),
      },
    },
    status,
  )

/** What an interface that is in trouble says (Meta, "Error codes": API Service). */
export const outOfOrder: GraphProblem = { status: 503, code: 2, message: 'Service temporarily unavailable' }
export const notAuthorised: GraphProblem = { status: 401, code: 190, message: 'Invalid OAuth access token.' }
export const missing = (field: string): GraphProblem => ({ code: 100, message: `The parameter ${field} is required.` })

/** By header, or by parameter as older programs do. */
export const isAuthorised = (c: Context, { accessToken }: Application): boolean =>
  c.req.header('authorization') === `Bearer ${accessToken}` || c.req.query('access_token') === accessToken

/** A notification as Meta signs it: the HMAC-SHA256 of the bytes under the application's secret. */
export const notify = (url: string, { appSecret }: Application, notification: object): Promise<void> => {
  const body = JSON.stringify(notification)
  const signature = createHmac('sha256', appSecret).update(body).digest('hex')
  return post(url, { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` }, body)
}
