import type {
  ClaimedWork,
  SearchHit,
  StoredConversation,
  StoredDelivery,
  StoredDocument,
  StoredEntry,
  StoredExternal,
  StoredIdentity,
  StoredParked,
  StoredQuarantine,
  StoredWork,
} from '@guichet/engine/ports'
import { actorKinds, controls, entryKinds, facetKinds, speakers, statuses } from './codes.ts'
import { decodeId, encodeId, type Id } from './ids.ts'
import type {
  ConversationTable,
  DeliveryTable,
  DocumentTable,
  EntryTable,
  ExternalTable,
  IdentityTable,
  ParkedTable,
  QuarantineTable,
  WorkTable,
} from './tables.ts'
import type { Values } from './template.ts'

/** A conversation to be written, with the version that must be there. */
export type ConversationPut = ConversationTable & { readonly expected: number }

type Facets = readonly [
  tags: StoredConversation['tags'],
  involved: StoredConversation['involved'],
  mentioned: StoredConversation['mentioned'],
  flags: StoredConversation['flags'],
]

const noFacets: Facets = [[], [], [], []]

const writeFacets = (row: StoredConversation): string | null =>
  row.tags.length + row.involved.length + row.mentioned.length + row.flags.length === 0
    ? null
    : JSON.stringify([row.tags, row.involved, row.mentioned, row.flags] satisfies Facets)

const readFacets = (facets: string | null): Facets => (facets === null ? noFacets : (JSON.parse(facets) as Facets))

export const writeConversation = (ws: number, id: Id, row: StoredConversation, expected: number): ConversationPut => ({
  expected,
  ws,
  id,
  version: row.version,
  seq: row.seq,
  account: row.account,
  channel: row.channel,
  contact: encodeId(row.contact),
  status: statuses.encode(row.status),
  control: controls.encode(row.control),
  queue: row.queue,
  owner: row.owner,
  inbound: row.inbound,
  last_by: row.lastBy === null ? null : speakers.encode(row.lastBy),
  last_activity: row.lastActivity,
  subject: row.subject,
  preview: row.preview,
  facets: writeFacets(row),
  deleted: row.deleted ? 1 : 0,
  data: row.data,
})

/** The values of each kind of facet that a row says. */
export const facetsOf = (
  row: ConversationTable,
): ReadonlyArray<readonly [kind: number, values: ReadonlyArray<string>]> => {
  const [tags, involved, mentioned, flags] = readFacets(row.facets)
  return [
    [facetKinds.encode('tag'), tags],
    [facetKinds.encode('involved'), involved],
    [facetKinds.encode('mentioned'), mentioned],
    [facetKinds.encode('flag'), flags],
  ]
}

/** What is read of a conversation that has been found. */
export const conversationColumns = [
  'version',
  'seq',
  'account',
  'channel',
  'contact',
  'status',
  'control',
  'queue',
  'owner',
  'inbound',
  'last_by',
  'last_activity',
  'subject',
  'preview',
  'facets',
  'deleted',
  'data',
] as const satisfies ReadonlyArray<keyof ConversationTable>

export type ConversationValues = Values<ConversationTable, typeof conversationColumns>

export const readConversation = (id: string, row: ConversationValues): StoredConversation => {
  const [
    version,
    seq,
    account,
    channel,
    contact,
    status,
    control,
    queue,
    owner,
    inbound,
    lastBy,
    lastActivity,
    subject,
    preview,
    facets,
    deleted,
    data,
  ] = row
  const [tags, involved, mentioned, flags] = readFacets(facets)
  return {
    id,
    version,
    seq,
    account,
    channel,
    contact: decodeId(contact),
    status: statuses.decode(status),
    control: controls.decode(control),
    queue,
    owner,
    flags,
    tags,
    involved,
    mentioned,
    inbound,
    lastBy: lastBy === null ? null : speakers.decode(lastBy),
    lastActivity,
    subject,
    preview,
    deleted: deleted === 1,
    data,
  }
}

export const writeEntry = (ws: number, conv: Id, pos: number, row: StoredEntry): EntryTable => ({
  pos,
  ws,
  conv,
  seq: row.seq,
  kind: entryKinds.encode(row.kind),
  type: row.type,
  actor_kind: actorKinds.encode(row.actorKind),
  actor: encodeId(row.actor),
  at: row.at,
  body: row.body,
  data: row.data,
})

export const readEntry = (row: EntryTable): StoredEntry => ({
  conversation: decodeId(row.conv),
  seq: row.seq,
  kind: entryKinds.decode(row.kind),
  type: row.type,
  actorKind: actorKinds.decode(row.actor_kind),
  actor: decodeId(row.actor),
  at: row.at,
  body: row.body,
  data: row.data,
})

/** What is read of an entry that the full text has found, before the columns of its conversation. */
export const entryColumns = [
  'pos',
  'conv',
  'seq',
  'kind',
  'type',
  'actor_kind',
  'actor',
  'at',
  'body',
  'data',
] as const satisfies ReadonlyArray<keyof EntryTable>

export type HitValues = readonly [
  ...entry: Values<EntryTable, typeof entryColumns>,
  ...conversation: ConversationValues,
]

export const readHit = (ws: number, values: HitValues): SearchHit => {
  const [pos, conv, seq, kind, type, actorKind, actor, at, body, data, ...conversation] = values
  const entry = readEntry({ ws, pos, conv, seq, kind, type, actor_kind: actorKind, actor, at, body, data })
  return { position: pos, entry, row: readConversation(entry.conversation, conversation) }
}

export const writeIdentity = (ws: number, row: StoredIdentity): IdentityTable => ({
  ws,
  account: row.account,
  address: row.address,
  contact: encodeId(row.contact),
  conv: row.conversation === null ? null : encodeId(row.conversation),
  verified: row.verified ? 1 : 0,
  version: row.version,
})

export const identityColumns = [
  'account',
  'address',
  'contact',
  'conv',
  'verified',
  'version',
] as const satisfies ReadonlyArray<keyof IdentityTable>

type Missing<Row extends ReadonlyArray<unknown>> = { readonly [At in keyof Row]: null }

/** What is read of a contact beside its identity. */
export const contactColumns = ['version', 'parent', 'words', 'data'] as const satisfies ReadonlyArray<
  keyof DocumentTable
>

/** An identity, its contact and its conversation, found together; nulls stand for what is not there. */
export type KnownValues = readonly [
  ...identity: Values<IdentityTable, typeof identityColumns>,
  ...contact: Values<DocumentTable, typeof contactColumns> | Missing<Values<DocumentTable, typeof contactColumns>>,
  ...conversation: ConversationValues | Missing<ConversationValues>,
]

/** Who is behind an address, as far as it is known. */
export interface Known {
  readonly identity: StoredIdentity
  readonly contact: StoredDocument | undefined
  readonly conversation: StoredConversation | undefined
}

/** How many columns stand before the conversation's. */
const knownBefore = identityColumns.length + contactColumns.length

export const readKnown = (row: KnownValues): Known => {
  const [
    account,
    address,
    contactId,
    conv,
    verified,
    version,
    contactVersion,
    parent,
    words,
    data,
    conversationVersion,
  ] = row
  const contact = decodeId(contactId)
  const conversation = conv === null ? null : decodeId(conv)
  return {
    identity: { account, address, contact, conversation, verified: verified === 1, version },
    contact:
      contactVersion === null || words === null
        ? undefined
        : {
            kind: 'contact',
            id: contact,
            version: contactVersion,
            parent: parent === null ? null : decodeId(parent),
            words,
            data,
          },
    conversation:
      conversation === null || conversationVersion === null
        ? undefined
        : readConversation(conversation, row.slice(knownBefore) as unknown as ConversationValues),
  }
}

export const readIdentity = (row: Omit<IdentityTable, 'ws'>): StoredIdentity => ({
  account: row.account,
  address: row.address,
  contact: decodeId(row.contact),
  conversation: row.conv === null ? null : decodeId(row.conv),
  verified: row.verified === 1,
  version: row.version,
})

export const readDocument = (row: DocumentTable): StoredDocument => ({
  kind: row.kind,
  id: decodeId(row.id),
  version: row.version,
  parent: row.parent === null ? null : decodeId(row.parent),
  words: row.words,
  data: row.data,
})

export const readExternal = (row: ExternalTable): StoredExternal => ({
  account: row.account,
  externalId: row.external_id,
  conversation: decodeId(row.conv),
  seq: row.seq,
  at: row.at,
})

export const readDelivery = (row: DeliveryTable): StoredDelivery => ({
  conversation: decodeId(row.conv),
  seq: row.seq,
  account: row.account,
  status: row.status as StoredDelivery['status'],
  version: row.version,
  data: row.data,
})

export const writeWork = (ws: number, id: Id, row: StoredWork, head: boolean): WorkTable => ({
  ws,
  id,
  kind: row.kind,
  lane: row.lane,
  due: row.due,
  key: row.key,
  payload: row.payload,
  attempts: 0,
  lease: 0,
  head: head ? 1 : 0,
})

export const readWork = (workspace: string, row: WorkTable): ClaimedWork => ({
  workspace,
  id: decodeId(row.id),
  kind: row.kind,
  lane: row.lane,
  due: row.due,
  key: row.key,
  payload: row.payload,
  attempts: row.attempts,
})

export const readParked = (row: ParkedTable): StoredParked => ({
  id: decodeId(row.id),
  account: row.account,
  externalId: row.external_id,
  at: row.at,
  data: row.data,
})

export const readQuarantine = (row: QuarantineTable): StoredQuarantine => ({
  id: decodeId(row.id),
  account: row.account,
  at: row.at,
  reason: row.reason,
  head: row.head,
  body: Uint8Array.from(row.body),
})
