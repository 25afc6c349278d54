import { setTimeout as pause } from 'node:timers/promises'
import type { Channel, ChannelAccount } from '@guichet/engine/ports'
import { phoneCapabilities } from '../channel/sms-channel.ts'
import { type AnswersInDoubt, answersInDoubt } from './answers.ts'
import { type Link, openLink } from './link.ts'
import { type SmppSettings, smppSettings } from './settings.ts'
import { renderSmpp, type SmppWire } from './wire.ts'

/** How the channel works in this process; what differs between numbers is in `SmppSettings`. */
export interface SmppOptions {
  /** How long the parts of a long message wait for each other, in milliseconds; 5,000 unless given. */
  readonly holdMs?: number
  /** How long to wait before a connection that ended is opened again, in milliseconds; 1,000 unless given. */
  readonly reopenMs?: number
  /**
   * For how long, in milliseconds after a connection ended, what comes again is taken for what had come before, where the
   * SMSC may not have got the answer to that; 600,000 unless given.
   */
  readonly againMs?: number
}

const atMostMs = 60_000

const keyOf = ({ workspace, id }: Pick<ChannelAccount, 'workspace' | 'id'>): string => JSON.stringify([workspace, id])

/**
 * SMS by any SMSC that speaks SMPP 3.4: one connection an account, both ways (bind_transceiver). What comes in is answered
 * when it is stored, and brought again when it could not be.
 *
 * @example
 * ```ts
 * import { smpp } from '@guichet/channel-sms'
 *
 * console.log(smpp().name, smpp().capabilities.live, smpp().capabilities.webhook)
 * ```
 *
 * ```text
 * sms-smpp true false
 * ```
 */
export const smpp = ({
  holdMs = 5_000,
  reopenMs = 1_000,
  againMs = 600_000,
}: SmppOptions = {}): Channel<SmppSettings, SmppWire> => {
  const links = new Map<string, Link>()
  const doubts = new Map<string, AnswersInDoubt>()
  return {
    name: 'sms-smpp',
    spi: 1,
    capabilities: { ...phoneCapabilities, webhook: false, live: true },
    settings: smppSettings,
    // It comes by the connection alone; a web request proves nothing, so none is ever believed.
    verify: () => false,
    parse: () => [{ _tag: 'Ignored', reason: 'SMPP has no webhooks' }],
    render: (message) => renderSmpp(message),
    send: (wire, account, { signal }) =>
      links.get(keyOf(account))?.submit(wire, signal) ?? { _tag: 'Retry', reason: 'no connection to the SMSC' },
    connect: async (account, sink, { signal, now }) => {
      const key = keyOf(account)
      const doubtful = doubts.get(key) ?? answersInDoubt(againMs, now)
      doubts.set(key, doubtful)
      const open = async (): Promise<Link> => {
        const link = await openLink(account.settings, sink, { signal, holdMs, doubts: doubtful })
        links.set(key, link)
        return link
      }
      const keep = async (first: Link): Promise<void> => {
        let link: Link | undefined = first
        let wait = reopenMs
        while (!signal.aborted) {
          await link?.ended
          if (links.get(key) === link) links.delete(key)
          await pause(wait, undefined, { signal }).catch(() => {})
          if (signal.aborted) return
          link = await open().catch(() => undefined)
          wait = link === undefined ? Math.min(wait * 2, atMostMs) : reopenMs
        }
      }
      const first = await open()
      signal.addEventListener(
        'abort',
        () => {
          links.get(key)?.close()
          links.delete(key)
        },
        { once: true },
      )
      void keep(first)
    },
  }
}
