import type { AccountHealth, InboundEvent } from '@guichet/engine/ports'

export type HealthReported = Extract<InboundEvent, { readonly _tag: 'HealthReported' }>

export type Level = AccountHealth['level']

/** What one of the provider's words means; `otherwise` for those that it has added since. */
export const levelOf = (levels: Readonly<Record<string, Level>>, word: string, otherwise: Level): Level =>
  Object.hasOwn(levels, word) ? (levels[word] ?? otherwise) : otherwise

export const reported = (
  level: Level,
  about: string | undefined,
  code: string,
  said: ReadonlyArray<string | undefined>,
  at: number | undefined,
): HealthReported => {
  const message = said.filter((one) => one !== undefined && one !== '' && one !== 'NONE').join(': ')
  return {
    _tag: 'HealthReported',
    level,
    ...(about === undefined ? {} : { about }),
    code,
    message: message === '' ? code : message,
    ...(at === undefined ? {} : { at }),
  }
}
