import { written } from '@guichet/storage-sql'
import { sql } from 'kysely'
import { encodeKey } from '../keys.ts'
import type { InWorkspace } from '../statement.ts'
import type { Part } from './changes.ts'

interface Identified extends InWorkspace {
  readonly id: Buffer
}

const park = written<
  Identified & {
    readonly account: string
    readonly external_id: string
    readonly at: number
    readonly data: string
  }
>()(
  (p) => sql`
    insert into guichet.parked (ws, id, account, external_id, at, data)
    values (${p.ws}, ${p.id}, ${p.account}, ${p.external_id}, ${p.at}, ${p.data})
    on conflict (ws, id) do update
    set account = excluded.account, external_id = excluded.external_id, at = excluded.at, data = excluded.data`,
)
const unpark = written<Identified>()((p) => sql`delete from guichet.parked where ws = ${p.ws} and id = ${p.id}`)

interface DraftKey extends InWorkspace {
  readonly conv: Buffer
  readonly agent: string
  readonly mode: string
}

const putDraft = written<DraftKey & { readonly at: number; readonly data: string }>()(
  (p) => sql`
    insert into guichet.draft (ws, conv, agent, mode, at, data)
    values (${p.ws}, ${p.conv}, ${p.agent}, ${p.mode}, ${p.at}, ${p.data})
    on conflict (ws, conv, agent, mode) do update set at = excluded.at, data = excluded.data`,
)
const deleteDraft = written<DraftKey>()(
  (p) => sql`
    delete from guichet.draft where ws = ${p.ws} and conv = ${p.conv} and agent = ${p.agent} and mode = ${p.mode}`,
)

interface SettingKey extends InWorkspace {
  readonly kind: string
  readonly id: string
}

const putSetting = written<SettingKey & { readonly data: string }>()(
  (p) => sql`
    insert into guichet.setting (ws, kind, id, data) values (${p.ws}, ${p.kind}, ${p.id}, ${p.data})
    on conflict (ws, kind, id) do update set data = excluded.data`,
)
const deleteSetting = written<SettingKey>()(
  (p) => sql`delete from guichet.setting where ws = ${p.ws} and kind = ${p.kind} and id = ${p.id}`,
)

const quarantine = written<
  Identified & {
    readonly account: string
    readonly at: number
    readonly reason: string
    readonly head: string
    readonly body: Uint8Array
  }
>()(
  (p) => sql`
    insert into guichet.quarantine (ws, id, account, at, reason, head, body)
    values (${p.ws}, ${p.id}, ${p.account}, ${p.at}, ${p.reason}, ${p.head}, ${p.body})
    on conflict (ws, id) do update
    set account = excluded.account, at = excluded.at, reason = excluded.reason, head = excluded.head, body = excluded.body`,
)
const release = written<Identified>()((p) => sql`delete from guichet.quarantine where ws = ${p.ws} and id = ${p.id}`)

/** Rows that expect nothing, and of which there are few: each is a statement. */
export const recordCalls: Part = ({ ws, changeset, statement }) => [
  ...changeset.unpark.map((id) => statement(unpark)({ ws, id: encodeKey(id) })),
  ...changeset.park.map(({ id, account, externalId, at, data }) =>
    statement(park)({ ws, id: encodeKey(id), account, external_id: externalId, at, data }),
  ),
  ...changeset.drafts.map(({ conversation, agent, mode, at, data }) => {
    const key = { ws, conv: encodeKey(conversation), agent, mode }
    return data === null ? statement(deleteDraft)(key) : statement(putDraft)({ ...key, at, data })
  }),
  ...changeset.settings.map(({ kind, id, data }) =>
    data === null ? statement(deleteSetting)({ ws, kind, id }) : statement(putSetting)({ ws, kind, id, data }),
  ),
  ...changeset.release.map((id) => statement(release)({ ws, id: encodeKey(id) })),
  ...changeset.quarantine.map(({ id, account, at, reason, head, body }) =>
    statement(quarantine)({ ws, id: encodeKey(id), account, at, reason, head, body }),
  ),
]
