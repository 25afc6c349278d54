import { shown } from '../domain/shape.ts'
import { type Account, type HandoverPolicy, type InboundPolicy, defaultInboundPolicy } from '../domain/account.ts'
import { internal } from '../domain/conversation/chat.ts'
import type { Refusal } from '../domain/conversation/refusal.ts'
import { isLanguageTag } from '../domain/message/translated.ts'
import type { StoredSetting } from '../ports/storage.ts'
import { checkBots, checkHandover, usualHandover } from './bots/settings.ts'
import { changeSettings } from './settings/change.ts'
import { checkPolicy } from './settings/policy.ts'
import type { Core } from './core.ts'
import { restsOn } from './settings/rests-on.ts'

export type Kind = StoredSetting['kind']

export type Kept<A> =
  | { readonly _tag: 'Kept'; readonly value: A }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

export const invalid = (
  what: string,
  ...issues: ReadonlyArray<string>
): { readonly _tag: 'Refused'; readonly refusal: Refusal } => ({
  _tag: 'Refused',
  refusal: { _tag: 'Invalid', what, issues },
})

export const storeSetting = async (
  core: Core,
  workspace: string,
  kind: Kind,
  id: string,
  value: unknown,
): Promise<void> => {
  const data = value === null ? null : JSON.stringify(value)
  await changeSettings(core, { workspace, settings: [{ kind, id, data }] })
}

/** Conversations among colleagues have an account and a queue that are there without being set up. */
const isReserved = (kind: Kind, id: string): boolean => (kind === 'account' || kind === 'queue') && id === internal

const reserved = (kind: Kind): Refusal => ({
  _tag: 'Invalid',
  what: kind,
  issues: [`id: ${internal} is the ${kind} of conversations among colleagues`],
})

/** Removes a setting, or says what still rests on it. */
export const removeSetting = async (core: Core, workspace: string, kind: Kind, id: string): Promise<Refusal | null> => {
  if (typeof id !== 'string') return { _tag: 'NotFound' }
  if (isReserved(kind, id)) return reserved(kind)
  const by = await restsOn(core, workspace, kind, id)
  if (by !== null) return { _tag: 'InUse', by }
  await storeSetting(core, workspace, kind, id, null)
  return null
}

/** What a host passes on may hold what no store can keep: a bigint, say, or a circle. */
const isWritable = (value: unknown): boolean => {
  try {
    return typeof JSON.stringify(value) === 'string'
  } catch {
    return false
  }
}

export const keepSetting = async <A extends { readonly id: string }>(
  core: Core,
  workspace: string,
  kind: Kind,
  value: A,
): Promise<Kept<A>> => {
  if (!isWritable(value)) return invalid(kind, 'it holds what cannot be written down as JSON')
  if (isReserved(kind, value.id)) return { _tag: 'Refused', refusal: reserved(kind) }
  await storeSetting(core, workspace, kind, value.id, value)
  return { _tag: 'Kept', value }
}

export const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 200

/** An account before its defaults are filled in and its settings are checked. */
export interface AccountDraft {
  readonly id: string
  readonly channel: string
  readonly queue: string
  readonly name?: string
  readonly bots?: ReadonlyArray<string>
  readonly handover?: HandoverPolicy | null
  readonly signature?: boolean
  readonly translate?: string | null
  readonly readReceipts?: boolean
  readonly settings?: unknown
  readonly policy?: Partial<InboundPolicy>
}

const checked = async (core: Core, draft: AccountDraft): Promise<Kept<unknown>> => {
  const channel = core.channels.get(draft.channel)
  if (channel === undefined) return invalid('account', `channel: there is no channel ${shown(draft.channel)}`)
  const result = await channel.settings['~standard'].validate(draft.settings ?? {})
  if (result.issues === undefined) return { _tag: 'Kept', value: result.value }
  return invalid('account', ...result.issues.map((issue) => `settings: ${issue.message}`))
}

const withDefaults = (policy: Partial<InboundPolicy> = {}): InboundPolicy => {
  const given = Object.entries(policy).filter(([, value]) => value !== undefined)
  return { ...defaultInboundPolicy, ...(Object.fromEntries(given) as Partial<InboundPolicy>) }
}

export const putAccount = async (core: Core, workspace: string, draft: AccountDraft): Promise<Kept<Account>> => {
  if (!isName(draft.id)) return invalid('account', 'id: a name of 1 to 200 characters')
  if (!isName(draft.name ?? draft.id)) return invalid('account', 'name: a name of 1 to 200 characters')
  const amiss = checkPolicy(draft.policy)
  if (amiss !== null) return { _tag: 'Refused', refusal: amiss }
  const setup = await core.directory.of(workspace)
  if (!setup.queues.has(draft.queue)) return { _tag: 'Refused', refusal: { _tag: 'UnknownQueue', queue: draft.queue } }
  const settings = await checked(core, draft)
  if (settings._tag === 'Refused') return settings
  const translate = draft.translate ?? null
  if (translate !== null && !isLanguageTag(translate)) {
    return invalid('account', `translate: a language tag such as fr or pt-BR, or null, not ${shown(translate)}`)
  }
  if (translate !== null && core.translations?.canTranslate !== true) {
    return invalid('account', 'translate: the engine has no translator; give createEngine one, or leave this null')
  }
  const bots = draft.bots ?? []
  const refusal = checkBots(core.bots.names, bots) ?? checkHandover(draft.handover)
  if (refusal !== null) return { _tag: 'Refused', refusal }
  return keepSetting(core, workspace, 'account', {
    id: draft.id,
    channel: draft.channel,
    name: draft.name ?? draft.id,
    queue: draft.queue,
    bots: [...bots],
    handover: draft.handover === undefined ? usualHandover(core.channels.get(draft.channel), bots) : draft.handover,
    signature: draft.signature === true,
    translate,
    ...(draft.readReceipts === false ? { readReceipts: false } : {}),
    policy: withDefaults(draft.policy),
    settings: settings.value,
  })
}
