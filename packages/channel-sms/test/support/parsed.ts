import type { InboundEvent, WireRequest } from '@guichet/engine/ports'
import { post, type Provider } from './provider.ts'
import { accountOf } from './town.ts'

export const json = { 'content-type': 'application/json' }

/** A number as those write it who write no plus. */
export const digits = (number: string): string => number.slice(1)

/** A form, as a webhook brings it. */
export const fields = (values: Readonly<Record<string, string>>): WireRequest =>
  post(new URLSearchParams(values).toString(), { 'content-type': 'application/x-www-form-urlencoded' })

/** What a webhook means to the account of all tests, with other settings where some are given. */
export const parsed = async (
  provider: Provider,
  request: WireRequest,
  settings = {},
): Promise<ReadonlyArray<InboundEvent>> => {
  const account = await accountOf(provider, 'http://127.0.0.1:1')
  return provider.channel.parse(request, { ...account, settings: { ...account.settings, ...settings } })
}
