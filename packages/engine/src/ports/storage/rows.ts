import type { Control, Flag, Status } from '../../domain/conversation/state.ts'
import type { DeliveryStatus } from '../../domain/message/delivery.ts'

/** A conversation as it is written down: what lists need as fields, the rest as JSON made by the codec. */
export interface StoredConversation {
  readonly id: string
  readonly version: number
  readonly seq: number
  readonly account: string
  readonly channel: string
  readonly contact: string
  readonly status: Status
  readonly control: Control
  readonly queue: string | null
  readonly owner: string | null
  readonly flags: ReadonlyArray<Flag>
  readonly tags: ReadonlyArray<string>
  /** Assignees (without the owner) and participants: who sees it beside the owner and the queue. */
  readonly involved: ReadonlyArray<string>
  readonly mentioned: ReadonlyArray<string>
  readonly inbound: number
  readonly lastBy: 'contact' | 'agent' | 'bot' | 'system' | null
  readonly lastActivity: number
  readonly subject: string | null
  readonly preview: string | null
  readonly deleted: boolean
  readonly data: string
}

/** An address on an account: whose it is, and which conversation its next message belongs to. */
export interface StoredIdentity {
  readonly account: string
  readonly address: string
  readonly contact: string
  readonly conversation: string | null
  readonly verified: boolean
  /** Rises by one with every change; 1 when new. */
  readonly version: number
}

/**
 * Something that a workspace knows and that is neither a conversation nor a setting: a contact, a company, a template,
 * a saved view, a seat. What it says is JSON made by the codec; null data removes it.
 */
export interface StoredDocument {
  readonly kind: string
  readonly id: string
  /** Rises by one with every change; 1 when new. */
  readonly version: number
  /** What it is listed under: a contact's company, a template's owner. */
  readonly parent: string | null
  /** Under which words it is found, regardless of case and accents. Empty: by its id alone. */
  readonly words: string
  readonly data: string | null
}

/** An id that a provider, or the channel on its behalf, gave to a message. Unique within an account. */
export interface StoredExternal {
  readonly account: string
  readonly externalId: string
  readonly conversation: string
  readonly seq: number
  readonly at: number
}

/**
 * A line of a journal, addressed by conversation and seq. `at` in epoch milliseconds, `data` as the codec wrote it. The
 * kind `record` is a line about something else than a conversation, a contact or the workspace itself: its id stands in
 * `conversation`, and lists and searches of conversations never show it.
 */
export interface StoredEntry {
  readonly conversation: string
  readonly seq: number
  readonly kind: 'in' | 'out' | 'note' | 'event' | 'record'
  /** The happening's tag. */
  readonly type: string
  readonly actorKind: 'agent' | 'bot' | 'contact' | 'system'
  readonly actor: string
  readonly at: number
  /** The words that search finds; null for what has none. */
  readonly body: string | null
  readonly data: string
}

/** Where an outbound message is; the newest report only. */
export interface StoredDelivery {
  readonly conversation: string
  readonly seq: number
  readonly account: string
  readonly status: DeliveryStatus
  /** Rises by one with every change; 1 when new. */
  readonly version: number
  readonly data: string
}

/** What has been said about a message since: its current parts, or that it is gone. */
export interface StoredAmendment {
  readonly conversation: string
  readonly seq: number
  readonly data: string
}

/** Something to be done later. Items of one lane are done one after the other, in the order of their ids. */
export interface StoredWork {
  /** UUIDv7: sorts by the time it was made. */
  readonly id: string
  readonly kind: string
  readonly lane: string
  /** Epoch milliseconds. */
  readonly due: number
  /** A later item with the same kind and key replaces an earlier one: a snooze has one end. */
  readonly key: string | null
  readonly payload: string
}

/** Work in the hands of somebody, until its lease ends. */
export interface ClaimedWork extends StoredWork {
  readonly workspace: string
  /** 1 at the first claim. A higher number means that somebody may have begun before. */
  readonly attempts: number
}

/** Reports for messages that are not known yet wait here for them. */
export interface StoredParked {
  readonly id: string
  readonly account: string
  readonly externalId: string
  readonly at: number
  readonly data: string
}

/** What an agent has typed and not sent, by mode; null data removes it. `at` in epoch milliseconds. */
export interface StoredDraft {
  readonly conversation: string
  readonly agent: string
  readonly mode: 'reply' | 'note'
  readonly data: string | null
  readonly at: number
}

/** What a workspace is set up with, read whole and kept at hand. Null data removes it. */
export interface StoredSetting {
  readonly kind:
    | 'queue'
    | 'agent'
    | 'account'
    | 'department'
    | 'hours'
    | 'routing'
    | 'sla'
    | 'attribute'
    | 'tag'
    | 'block'
    | 'retention'
  readonly id: string
  readonly data: string | null
}

/** A delivery that nobody could read, kept whole to be replayed. `head` is method, URL and headers as JSON. */
export interface StoredQuarantine {
  readonly id: string
  readonly account: string
  readonly at: number
  readonly reason: string
  readonly head: string
  readonly body: Uint8Array
}
