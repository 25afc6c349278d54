import { createHmac } from 'node:crypto'
import { post } from '../provider.ts'

/** Twilio, "Webhooks security": the address and the sorted fields, under the account's token. */
const signature = (authToken: string, url: string, fields: ReadonlyArray<readonly [string, string]>): string =>
  createHmac('sha1', authToken)
    .update(
      url +
        [...fields]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, value]) => name + value)
          .join(''),
    )
    .digest('base64')

/** Sends a form, signed. */
export const postSigned = (authToken: string, url: string, form: Readonly<Record<string, string>>): Promise<void> =>
  post(
    url,
    {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': signature(authToken, url, Object.entries(form)),
    },
    new URLSearchParams(form).toString(),
  )
