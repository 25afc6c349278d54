import type { Command } from '../command.ts'
import { type Verdict, happens, refuse } from '../decision.ts'
import type { Conversation } from '../state.ts'

/** The contact is reached at another address now. One that is not the conversation's says nothing about it. */
export const changeAddress = (
  state: Conversation,
  { from, to }: Extract<Command, { readonly _tag: 'ChangeAddress' }>,
): Verdict =>
  state.address === from && from !== to
    ? happens({ _tag: 'AddressChanged', from, to })
    : refuse({ _tag: 'NothingToDo' })
