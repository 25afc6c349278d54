import type { WireRequest } from '@guichet/engine/ports'
import type { SmsChannel, SmsWire } from '../../src/index.ts'
import type { Verdicts } from '../../src/send/verdict.ts'
import type { Answer, Seen } from './server.ts'

/** A message that a customer sends. */
export interface Incoming {
  readonly id: string
  readonly from: string
  readonly text: string
  /** When the provider took it, epoch milliseconds; two seconds before `now` unless given. */
  readonly at?: number
  /** To another number than ours. */
  readonly to?: string
  /** Addresses of files, where the provider has MMS. */
  readonly media?: ReadonlyArray<string>
}

/** What is reported of a message that we sent. */
export interface Report {
  readonly id: string
  readonly to: string
  /** From another number than ours. */
  readonly from?: string
  readonly status: 'sent' | 'delivered' | 'failed'
  readonly code?: string
  /** What the send was seen to ask with: reports go where that said. */
  readonly sent?: Seen
}

/** Whose secrets a request is signed with, and an account is set up with: those of all tests, or other ones. */
export type Owner = 'ours' | 'another'

/** One provider, as its customers and its webhooks are: what the tests of all of them need to know. */
export interface Provider {
  readonly name: string
  /** Signatures that count for a while are looked at with the clock at `now`. */
  readonly channel: SmsChannel<any, SmsWire>
  /** With links to files. */
  readonly withFiles?: SmsChannel<any, SmsWire>
  readonly settings: (origin: string, of?: Owner) => Readonly<Record<string, unknown>>
  /** Where the provider keeps files that have come in, on a server with its origin. */
  readonly mediaPath?: string
  /** What is known of a picture before it is there, where that is less than what it is. */
  readonly mediaFile?: { readonly name: string; readonly mime: string }
  /** Answers requests as the provider does: checks who asks and what, and gives ids. */
  readonly handle: (seen: Seen) => Answer
  /** What it answers to a message that it takes and gives this id. */
  readonly accepting: (id: string) => Answer
  /** What it answers to a request with this error. */
  readonly refusal: (code: string) => Answer
  readonly verdicts: Verdicts
  /** A code in a report that says why a message has failed. */
  readonly failure: string
  /** Messages come without the time at which they were taken. */
  readonly timeless?: true
  /** Numbers are written without their plus. */
  readonly digits?: true
  readonly incoming: (message: Incoming) => WireRequest
  readonly report: (report: Report) => WireRequest
  readonly sign: (request: WireRequest, of?: Owner) => WireRequest
  /** Reports the failure that says that the customer has opted out; undefined where the provider has no such code. */
  readonly optedOut?: string
  /** What a send said: to whom, and which text. */
  readonly said: (seen: Seen) => { readonly to: string; readonly text: string }
}

/** What webhooks come with. */
export const ours = '+14155550100'
export const customer = '+14155552671'
export const publicUrl = 'https://example.com/hooks/acme/sms?tenant=7'
/** The clock that signatures are looked at with, epoch milliseconds. */
export const now = Date.UTC(2025, 10, 22, 12, 0, 0)

export const post = (
  body: string,
  headers: Readonly<Record<string, string>>,
  url: string = publicUrl,
): WireRequest => ({
  method: 'POST',
  url,
  headers,
  body: new TextEncoder().encode(body),
})

/** As ISO 8601 has it, in UTC, to the second. */
export const iso = (at: number = now - 2_000): string => new Date(at).toISOString().replace('.000Z', 'Z')

/** A file of eight bytes. */
export const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
