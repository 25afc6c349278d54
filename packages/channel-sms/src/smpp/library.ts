import type { EventEmitter } from 'node:events'
import type { Server } from 'node:net'
// @ts-expect-error -- it comes without types: what of it is used stands below
import untyped from 'smpp'

type Decoded = { readonly message?: string | Uint8Array; readonly udh?: ReadonlyArray<Uint8Array> }

export interface Pdu {
  readonly command: string
  readonly command_status: number
  readonly message_id?: string
  readonly esm_class?: number
  readonly source_addr?: string
  readonly source_addr_ton?: number
  readonly destination_addr?: string
  readonly data_coding?: number
  readonly short_message?: Decoded
  readonly message_payload?: Decoded
  readonly sar_msg_ref_num?: number
  readonly sar_total_segments?: number
  readonly sar_segment_seqnum?: number
  readonly receipted_message_id?: string
  readonly message_state?: number
  readonly system_id?: string
  readonly password?: string
  readonly registered_delivery?: number
  readonly response: (options?: object) => Pdu
}

type Answered = (pdu: Pdu) => void

export interface Session extends EventEmitter {
  readonly send: (pdu: Pdu) => boolean
  readonly bind_transceiver: (options: object, answered: Answered) => boolean
  readonly submit_sm: (options: object, answered: Answered) => boolean
  readonly deliver_sm: (options: object, answered: Answered) => boolean
  readonly data_sm: (options: object, answered: Answered) => boolean
  readonly enquire_link: (options: object, answered: Answered) => boolean
  readonly unbind: (options?: object, answered?: Answered) => boolean
  /** Reads nothing more until `resume`. */
  readonly pause: () => void
  readonly resume: () => void
  readonly close: () => void
  readonly destroy: () => void
}

/** What of the library is used. */
interface Library {
  readonly connect: (options: { readonly host: string; readonly port: number; readonly tls?: boolean }) => Session
  readonly createServer: (onSession: (session: Session) => void) => Server
}

/** SMPP 3.4 as packets and sessions. */
export const library: Library = untyped
