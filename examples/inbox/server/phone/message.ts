import type { Choices } from '@guichet/local-providers'

/** The ways in which customers write to the shop from their telephones; each is an account of the same name. */
export const lines = ['sms', 'whatsapp', 'messenger'] as const
export type Line = (typeof lines)[number]

export const isLine = (value: unknown): value is Line => lines.some((line) => line === value)

/** A number with its country as E.164 has it, however it is spaced; undefined for anything else. */
export const numberOf = (written: string): string | undefined => {
  const number = written.replaceAll(/[\s.()-]/g, '')
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined
}

/** A file on a telephone; its bytes are beside it. */
export interface PhoneFile {
  readonly id: string
  readonly name: string
  readonly mime: string
  /** In bytes. */
  readonly size: number
}

/** A message as it stands on a customer's telephone. */
export interface PhoneMessage {
  readonly id: number
  /** Rises with every change of any message. */
  readonly version: number
  readonly line: Line
  /** Whose telephone it is on, as E.164. */
  readonly phone: string
  readonly direction: 'sent' | 'received'
  /** The provider's id. */
  readonly externalId: string
  /** By the engine's clock, epoch milliseconds. */
  readonly at: number
  readonly text: string
  readonly status: 'sent' | 'delivered' | 'read'
  readonly files: ReadonlyArray<PhoneFile>
  readonly offer: Choices | null
  /** The external id of the message that it answers. */
  readonly quotes: string | null
  /** What the customer and what the shop have put beside it. */
  readonly mine: string | null
  readonly theirs: string | null
  /** What the sender wants to read in reports on it. */
  readonly reference: string | null
}

export type NewMessage = Omit<PhoneMessage, 'id' | 'version'>

/** A message in which nothing is said yet. */
export const blank = {
  text: '',
  files: [],
  offer: null,
  quotes: null,
  mine: null,
  theirs: null,
  reference: null,
} as const satisfies Partial<NewMessage>

/** Somebody with a telephone. */
export interface Person {
  /** E.164. */
  readonly phone: string
  readonly name: string
  /** What the page of the shop knows her by on Messenger: an id for this page alone. */
  readonly pageScopedId: string
}
