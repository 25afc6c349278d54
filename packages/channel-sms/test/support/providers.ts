import { awsProvider } from './aws.ts'
import { birdProvider } from './bird.ts'
import { plivoProvider } from './plivo.ts'
import { sinchProvider } from './sinch.ts'
import { vonageMessagesProvider, vonageSmsProvider } from './vonage.ts'
import { telnyxProvider } from './telnyx.ts'
import { twilioProvider } from './twilio.ts'
import type { Provider } from './provider.ts'

/** All of them. */
export const providers: ReadonlyArray<Provider> = [
  twilioProvider,
  telnyxProvider,
  vonageMessagesProvider,
  vonageSmsProvider,
  birdProvider,
  plivoProvider,
  sinchProvider,
  awsProvider,
]
