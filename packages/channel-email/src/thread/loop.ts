import { seal, type Signer } from './seal.ts'

/** Stands in every mail this channel sends. */
export const loopHeader = 'x-guichet-loop'

/** Says which account sent it, to nobody but that account: mail between two accounts is mail, not a loop. */
export const loopMark = (signer: Signer): string => seal(signer, 'loop', '')
