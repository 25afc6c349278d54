import { askControl, canBePassed, canBeTaken } from '../state/control.ts'
import { w } from '../words/writing/w.ts'
import { about, type Command, live } from './command.ts'

/** Where several applications of the shop share a conversation: which of them has it. */
export const controlCommands: ReadonlyArray<Command> = [
  about(
    'takeControl',
    () => w().takeControl,
    'hand',
    undefined,
    canBeTaken,
    ({ id }) => void askControl('takeControl', id),
  ),
  about(
    'passControl',
    () => w().passControl,
    'transfer',
    undefined,
    (c) => live(c) && canBePassed(c),
    ({ id }) => void askControl('passControl', id),
  ),
]
