import { createHmac } from 'node:crypto'

/** What the shop has with its providers: numbers and pages, and the secrets between them. */
export interface Subscriptions {
  readonly twilio: { readonly accountSid: string; readonly authToken: string; readonly number: string }
  readonly whatsapp: {
    readonly businessAccountId: string
    readonly phoneNumberId: string
    readonly displayNumber: string
  } & Application
  readonly messenger: { readonly page: string } & Application
}

/** An application at Meta. */
export interface Application {
  readonly appId: string
  readonly accessToken: string
  readonly appSecret: string
  readonly verifyToken: string
}

/** The same at every start in one data directory, and good in no other. Numbers are of those that belong to nobody. */
export const subscriptionsBy = (secret: string): Subscriptions => {
  const key = (what: string): string => createHmac('sha256', secret).update(what).digest('hex').slice(0, 32)
  const application = (name: string, appId: string): Application => ({
    appId,
    accessToken: key(`${name} access`),
    appSecret: key(`${name} application`),
    verifyToken: key(`${name} verify`),
  })
  return {
    twilio: { accountSid: `AC${key('twilio account')}`, authToken: key('twilio token'), number: '+33199001820' },
    whatsapp: {
      businessAccountId: '102290129340398',
      phoneNumberId: '106540352242922',
      displayNumber: '+33199001821',
      ...application('whatsapp', '420123456789001'),
    },
    messenger: { page: '110987654321098', ...application('messenger', '420123456789002') },
  }
}
