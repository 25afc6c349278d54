/**
 * Somebody on the other side. A sender nobody knows becomes a provisional contact: an agent adds, answers or ignores
 * it later.
 */
export interface Contact {
  readonly id: string
  readonly name: string | null
  readonly provisional: boolean
  readonly emails: ReadonlyArray<string>
  readonly phones: ReadonlyArray<string>
  readonly language: string | null
  /** What the channel knows of the visit or the account: browser, page, place. Untrusted. */
  readonly attributes: Readonly<Record<string, string>>
  readonly createdAt: number
}

/** An address at which a contact is reached on one account, and the conversation that is active there. */
export interface Identity {
  readonly account: string
  /** The channel's own address for somebody: an email, a number, a visitor id. */
  readonly address: string
  readonly contact: string
  /** The conversation that the next message of this identity belongs to, on channels that thread by contact. */
  readonly conversation: string | null
  readonly verified: boolean
}
