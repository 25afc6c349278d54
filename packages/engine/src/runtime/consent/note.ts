import type { ConsentAddress } from '../../codec/consent.ts'
import { system } from '../../domain/actor.ts'
import type { ConsentChange } from '../../domain/contact/consent.ts'
import { consentChangeOf } from '../../domain/conversation/decide/consent.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'
import { currentConversation } from '../redirect.ts'
import { changedConsent, consentNeeds } from './stored.ts'

interface At extends ConsentAddress {
  readonly workspace: string
  /** The conversation in whose journal it is written. */
  readonly conversation: string | undefined
}

type Said = Pick<ConsentChange, 'given' | 'scope' | 'word' | 'at' | 'arrivedAt'>

/** Whether it stands in the journal of a conversation now. */
const inJournal = async (core: Core, at: At, actor: 'contact' | 'system', said: Said): Promise<boolean> => {
  const { workspace, account, address, conversation: id } = at
  const state = id === undefined ? undefined : await currentConversation(core, workspace, id)
  // It may have gone to another account, or be that of another address, by now.
  if (state === undefined || state.account !== account || state.address !== address) return false
  const done = await execute(core, {
    workspace,
    conversation: state.id,
    actor: actor === 'contact' ? { kind: 'contact', id: state.contact } : system,
    command: { _tag: 'ChangeConsent', ...said },
  })
  return done._tag === 'Done' || done.refusal._tag === 'NothingToDo'
}

/**
 * What the contact, or the provider on its behalf (`system`), says of being written to: kept for its address, and in the
 * journal of the conversation where there is one.
 */
export const noteConsent = async (core: Core, at: At, said: Said, actor: 'contact' | 'system'): Promise<void> => {
  if (await inJournal(core, at, actor, said)) return
  const { workspace } = at
  await core.committer.submit({
    workspace,
    needs: consentNeeds(workspace, at),
    decide: (view) => ({
      _tag: 'Decided',
      value: undefined,
      changes: { workspace, documents: changedConsent(view, workspace, at, consentChangeOf(said, system)) },
    }),
  })
}
