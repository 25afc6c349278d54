import type { InboundEvent } from '@guichet/engine/ports'
import { instagram, messenger } from '../../src/index.ts'
import { accountOf, fromMarie, instagramAccount, pageBody, pageSettings, requestOf } from './payloads.ts'

/** What a request says to the page. */
export const parse = (body: unknown): ReadonlyArray<InboundEvent> =>
  messenger().parse(requestOf(body), accountOf(pageSettings)) as ReadonlyArray<InboundEvent>

/** What a request says to the Instagram account. */
export const parseInstagram = (body: unknown): ReadonlyArray<InboundEvent> =>
  instagram().parse(requestOf(body), accountOf(instagramAccount)) as ReadonlyArray<InboundEvent>

/** What one event says to the page. */
export const read = (event: unknown): ReadonlyArray<InboundEvent> => parse(pageBody([event]))

/** What a message of Marie says. */
export const message = (said: object): InboundEvent | undefined =>
  read(fromMarie({ message: { mid: 'm_1', ...said } }))[0]

export const partsOf = (event: InboundEvent | undefined) =>
  event !== undefined && 'parts' in event ? event.parts : undefined
