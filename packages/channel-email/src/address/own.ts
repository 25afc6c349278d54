import type { EmailSettings } from '../settings/settings.ts'
import { addressKey, splitAddress } from './address.ts'

/** Every address that is the mailbox itself: its own and its aliases. */
export const ownAddresses = (settings: Pick<EmailSettings, 'address' | 'aliases'>): ReadonlyArray<string> => [
  settings.address,
  ...(settings.aliases ?? []),
]

/** Whether mail to this address comes to the mailbox: itself, an alias, or either with any `+detail`. */
export const isOwnAddress = (own: ReadonlyArray<string>, address: string): boolean => {
  const key = addressKey(address)
  const { local, domain } = splitAddress(key)
  return own.some((mine) => {
    const mineKey = addressKey(mine)
    return mineKey === key || mineKey === `${local}@${domain}`
  })
}
