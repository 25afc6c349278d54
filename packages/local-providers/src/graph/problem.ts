import { randomUUID } from 'node:crypto'
import { type Answer, json } from '../http/answer.ts'

/** Why the Graph API refuses something. */
export interface GraphProblem {
  readonly status?: number
  readonly code: number
  readonly subcode?: number
  readonly message: string
  readonly details?: string
}

/** An error as the Graph API writes it. */
export const graphRefusal = ({ status = 400, code, subcode, message, details }: GraphProblem): Answer =>
  json(status, {
    error: {
      message: `(#${code}) ${message}`,
      type: 'OAuthException',
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      ...(details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details } }),
      fbtrace_id: randomUUID().slice(0, 22),
    },
  })

/** What an interface that is in trouble says. Source: Meta, "Error codes": API Service. */
export const inTrouble: Answer = graphRefusal({ status: 503, code: 2, message: 'Service temporarily unavailable' })

/** What is said where nothing is. */
export const nothing: Answer = graphRefusal({
  status: 404,
  code: 803,
  message: 'Some of the aliases you requested do not exist',
})

/** What is said to a token that is not, or is no longer, one. Source: Meta, "Error codes": session expired. */
export const tokenExpired: GraphProblem = {
  status: 401,
  code: 190,
  subcode: 463,
  message: 'Error validating access token: Session has expired',
}

export const unknownObject: GraphProblem = {
  code: 100,
  subcode: 33,
  message: 'Unsupported get request. Object does not exist, or cannot be loaded due to missing permissions',
}
