import { hmac } from '@guichet/channel-kit'

/** A notification as Meta signs it: the HMAC-SHA256 of its bytes under the application's secret. */
export const signedNotification = (
  notification: object,
  appSecret: string,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } => {
  const body = JSON.stringify(notification)
  return {
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${hmac('sha256', appSecret, body, 'hex')}`,
    },
    body,
  }
}
