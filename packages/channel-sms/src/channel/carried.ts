/** Where a message goes, or comes from, in the provider's terms. */
export interface Carried {
  /** In lower case; `sms` for a telephone number. */
  readonly channel: string
  readonly identity: string
}

/** SMS and MMS are of one telephone. */
const ofTelephone: ReadonlySet<string> = new Set(['', 'sms', 'mms'])

/**
 * The address of a customer at a provider that carries several channels: a number alone for SMS and MMS, with the channel
 * before it (`whatsapp:15550100`) for any other, so that the answer goes the same way.
 */
export const carriedAddress = (channel: string | undefined, identity: string): string => {
  const name = (channel ?? '').toLowerCase()
  return ofTelephone.has(name) ? identity : `${name}:${identity}`
}

/** Whether a channel is that of the telephone's own messages. */
export const isTelephone = (channel: string | undefined): boolean => ofTelephone.has((channel ?? '').toLowerCase())

/** What `carriedAddress` has put together. */
export const carriedBy = (address: string): Carried => {
  const [, channel = 'sms', identity = address] = /^([a-z_]+):(.+)$/s.exec(address) ?? []
  return { channel, identity }
}
