import type { Asked } from '../http/api.ts'

/** Whether a request bears a token: by header, or by parameter as older programs do. */
export const bears = ({ headers, url }: Asked, token: string): boolean =>
  headers['authorization'] === `Bearer ${token}` || url.searchParams.get('access_token') === token
