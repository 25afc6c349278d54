import { decodeEntry } from '../codec/entry.ts'
import { system } from '../domain/actor.ts'
import { decide } from '../domain/conversation/decide.ts'
import type { Entry } from '../domain/conversation/entry.ts'
import { fold } from '../domain/conversation/evolve.ts'
import { misshapen } from '../domain/conversation/misshapen.ts'
import type { Refusal } from '../domain/conversation/refusal.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import type { Decided } from './committer.ts'
import { consentOf } from './consent/stored.ts'
import { sendingFinder } from './consent/sending-facts.ts'
import type { Core } from './core.ts'
import { abandonedDrafts, draftsOf } from './drafts.ts'
import { EngineError, storageFailed } from './error.ts'
import type { Execution } from './execution.ts'
import { factsFor, removedAccount } from './facts.ts'
import { returning } from './presence/seats.ts'
import { record } from './record.ts'
import { goesAlong, redirected } from './redirect.ts'
import { type Target, blobsOf, findTarget } from './target.ts'
import { elsewhereOf } from './transfer.ts'
import { translateFromOf } from './translation/from.ts'
import { type View, noNeeds } from './view.ts'

export type Executed =
  | {
      readonly _tag: 'Done'
      readonly conversation: Conversation
      readonly entry: Entry | null
      readonly position: number
    }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

/** Where the keys of repeated commands are kept: an account that no channel can have. */
export const commandKeys = ''

type Answer =
  | { readonly _tag: 'Done'; readonly conversation: Conversation; readonly entry: Entry }
  | { readonly _tag: 'Repeated'; readonly conversation: Conversation; readonly seq: number }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }
  /** What the command is about was read before the conversation changed: it has to be read again. */
  | { readonly _tag: 'Stale' }
  /** It was merged: what was asked of it is asked of the other one. */
  | { readonly _tag: 'Merged'; readonly into: string }

/** A whole conversation is no message; only its files have to be remembered. */
const nothing: Target = {
  facts: { direction: 'note', author: system, deleted: false, files: [] },
  amendment: {},
  blanks: [],
  blobs: [],
}

interface Read {
  readonly target: Target | undefined
  /** The version of the conversation that the target was read in, or later; undefined when nothing was read. */
  readonly version: number | undefined
}

const readTarget = async (core: Core, { workspace, conversation, command }: Execution): Promise<Read> => {
  const { _tag } = command
  if (
    _tag !== 'EditMessage' &&
    _tag !== 'DeleteMessage' &&
    _tag !== 'React' &&
    _tag !== 'FailReaction' &&
    _tag !== 'Delete' &&
    _tag !== 'RecordTranslation' &&
    _tag !== 'RecordFile'
  ) {
    return { target: undefined, version: undefined }
  }
  const loaded = await core.storage.load({ ...noNeeds, conversations: [{ workspace, id: conversation }] })
  const version = loaded.conversations[0]?.version ?? 0
  if (_tag === 'Delete') {
    return { target: { ...nothing, blobs: await blobsOf(core, workspace, conversation) }, version }
  }
  const found = await findTarget(core, workspace, conversation, command.message)
  return { target: found && withBeside(found, command), version }
}

/** What stands beside a message and not in the journal comes with the command. */
const withBeside = (target: Target, command: Execution['command']): Target => {
  if (command._tag === 'RecordTranslation') return { ...target, words: command.text }
  if (command._tag === 'RecordFile' && command.fetched._tag === 'Arrived') {
    return { ...target, fileName: command.fetched.name }
  }
  return target
}

const keyOf = ({ actor, idempotencyKey, conversation }: Execution): string | undefined =>
  idempotencyKey === undefined ? undefined : JSON.stringify([actor.kind, actor.id, conversation, idempotencyKey])

/** The answer that a key was given to, also when the conversation has gone on, or out of sight, since. */
export const firstAnswer = async (
  core: Core,
  { workspace, conversation }: Pick<Execution, 'workspace' | 'conversation'>,
  { seq, conversation: now }: { readonly seq: number; readonly conversation: Conversation },
): Promise<{ readonly conversation: Conversation; readonly entry: Entry | null }> => {
  const entries: Array<Entry> = []
  while (entries.length < seq) {
    const after = entries.length
    const page = await core.storage.timeline({ workspace, conversation, after, limit: Math.min(500, seq - after) })
    if (page.entries.length === 0) break
    entries.push(...page.entries.map(decodeEntry))
  }
  return { conversation: fold(entries) ?? now, entry: entries[seq - 1] ?? null }
}

/** A conversation that keeps changing while a command on one of its messages is prepared. */
const readAgainAtMost = 16

/**
 * Runs one command: load, may it, decide, commit; again when somebody was faster. The answer is durable when it
 * resolves. Throws only `EngineError`, when the store fails or the race is never won.
 */
export const execute = async (core: Core, execution: Execution): Promise<Executed> => {
  const { actor, command, conversation } = execution
  // A store that is asked for what is no id fails, and with it everybody who is in the same batch.
  if (typeof conversation !== 'string') return { _tag: 'Refused', refusal: { _tag: 'NotFound' } }
  // Before anything is looked up: what is no command is refused alike for what exists and for what does not.
  const refusal = actor.kind === 'agent' ? misshapen(command) : null
  if (refusal !== null) return { _tag: 'Refused', refusal }
  let asked = execution
  for (let times = 0; times < readAgainAtMost; times += 1) {
    const done = await executeOnce(core, asked)
    if (done === undefined) continue
    if (done._tag !== 'Merged') return done
    const { into } = done
    asked = await redirected(core, asked, into).catch((error: unknown) => {
      throw storageFailed(error)
    })
  }
  throw new EngineError('Contended', 'others kept changing it', { retryable: true })
}

const executeOnce = async (
  core: Core,
  execution: Execution,
): Promise<Executed | Extract<Answer, { readonly _tag: 'Merged' }> | undefined> => {
  const { workspace, conversation: id, actor, command, expectedVersion, settle } = execution
  const setup = await core.directory.of(workspace)
  const [elsewhere, { target, version }, drafts, translateFrom] = await Promise.all([
    elsewhereOf(core, setup, execution),
    readTarget(core, execution).catch((error: unknown) => {
      throw storageFailed(error)
    }),
    draftsOf(core, execution).catch((error: unknown) => {
      throw storageFailed(error)
    }),
    translateFromOf(core, execution).catch((error: unknown) => {
      throw storageFailed(error)
    }),
  ])
  const key = keyOf(execution)
  const sending = sendingFinder(core, setup, workspace)
  const back = returning(core, setup, workspace)
  const settling = (left: Conversation | undefined) => (settle === undefined ? {} : { settle: [settle(left)] })

  const refused = (refusal: Refusal, state?: Conversation): Decided<Answer> => {
    const kept = drafts.refused(refusal)
    const changes = { workspace, ...settling(state), ...(kept.length === 0 ? {} : { drafts: kept }) }
    return { _tag: 'Decided', value: { _tag: 'Refused', refusal }, changes }
  }

  const run = (view: View): Decided<Answer> => {
    // Before anything is looked up: somebody unknown is told the same of what exists and of what does not.
    if (actor.kind === 'agent' && !setup.agents.has(actor.id)) return refused({ _tag: 'UnknownAgent', agent: actor.id })
    const state = view.conversation(workspace, id)
    if (state === undefined) return refused({ _tag: 'NotFound' })
    const repeated = key === undefined ? undefined : view.external(workspace, commandKeys, key)
    if (repeated !== undefined) {
      return {
        _tag: 'Decided',
        value: { _tag: 'Repeated', conversation: state, seq: repeated.seq },
        changes: { workspace },
      }
    }
    if (state.mergedInto !== null && goesAlong(execution)) {
      return { _tag: 'Decided', value: { _tag: 'Merged', into: state.mergedInto }, changes: { workspace } }
    }
    if (state.deleted) return refused({ _tag: 'NotFound' })
    if (version !== undefined && version !== state.seq) {
      return { _tag: 'Decided', value: { _tag: 'Stale' }, changes: { workspace } }
    }
    const account = setup.accounts.get(state.account) ?? removedAccount(state)
    const seen = back.see(view, command._tag === 'EndSnooze' ? state : undefined)
    if ('needs' in seen) return { _tag: 'Needs', needs: seen.needs }
    const looked = sending.before(view, command, state)
    if ('needs' in looked) return { _tag: 'Needs', needs: looked.needs }
    const more = {
      ...seen,
      ...looked,
      ...elsewhere.facts,
      ...(target === undefined ? {} : { target: target.facts }),
      ...(translateFrom === undefined ? {} : { translateFrom }),
    }
    const facts = factsFor(core, setup, account, actor, more)
    const decision = decide(state, command, facts)
    if (decision._tag === 'Refused' && decision.refusal._tag === 'NotReachable') {
      const { account: to } = decision.refusal
      return refused(setup.accounts.has(to) ? decision.refusal : { _tag: 'UnknownAccount', account: to }, state)
    }
    // Who may not see it learns nothing, not even that it has changed.
    if (decision._tag === 'Refused' && (expectedVersion === undefined || decision.refusal._tag === 'NotFound')) {
      return refused(decision.refusal, state)
    }
    if (expectedVersion !== undefined && expectedVersion !== state.seq) {
      return refused({ _tag: 'Conflict', expected: expectedVersion, actual: state.seq }, state)
    }
    if (decision._tag === 'Refused') return refused(decision.refusal, state)
    const { after, changes } = record(core, workspace, state, decision.entries, target)
    const [entry] = decision.entries
    if (entry === undefined) return refused({ _tag: 'NothingToDo' }, state)
    const consented = consentOf(view, workspace, state, entry)
    const left = command._tag === 'Delete' ? abandonedDrafts(core, setup, id) : drafts.done()
    const unsent = execution.unsent !== undefined && entry.what._tag === 'ScheduleCancelled' ? [execution.unsent] : []
    return {
      _tag: 'Decided',
      value: { _tag: 'Done', conversation: after, entry },
      changes: {
        ...changes,
        ...elsewhere.leads(view, after),
        ...back.limits(view, state, entry),
        ...settling(after),
        ...(consented.length === 0 ? {} : { documents: consented }),
        ...(left.length + unsent.length === 0 ? {} : { drafts: [...left, ...unsent] }),
        ...(key === undefined
          ? {}
          : {
              externals: [{ account: commandKeys, externalId: key, conversation: id, seq: entry.seq, at: facts.now }],
            }),
      },
    }
  }

  const { value, position } = await core.committer.submit<Answer>({
    workspace,
    needs: {
      ...elsewhere.needs,
      conversations: [{ workspace, id }],
      ...(key === undefined ? {} : { externals: [{ workspace, account: commandKeys, externalId: key }] }),
    },
    decide: run,
  })
  switch (value._tag) {
    case 'Done':
      return { ...value, position }
    case 'Repeated':
      return { _tag: 'Done', ...(await firstAnswer(core, execution, value)), position }
    case 'Refused':
    case 'Merged':
      return value
    case 'Stale':
      return undefined
  }
}
