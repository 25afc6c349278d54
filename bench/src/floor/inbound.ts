import type { Inbound } from '../workload.ts'

/** A message with its parameters ready to be bound. */
export interface RawInbound {
  readonly message: Inbound
  readonly id: Buffer
  readonly contact: Buffer
}

const bytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex')

export const rawInbound = (message: Inbound): RawInbound => ({
  message,
  id: bytes(message.id),
  contact: bytes(message.contact),
})
