import type { MessageTranslation, MessageView } from '@guichet/engine'
import type { Translation, Translator } from '@guichet/engine/ports'
import { assert } from '../../assert.ts'
import { type Office, granted, history, secret } from '../office.ts'
import type { Rig } from '../rig.ts'

/** A translator that does what it is told, and what it was asked. */
export interface Interpreter extends Translator {
  /** Texts that it was asked to translate, in order. */
  readonly asked: () => ReadonlyArray<string>
}

/** What customers of these cases write is German; everything else is the team's. */
export const german = (text: string): string => `de(${text})`

/** The same in French and back: what was done to a text can be read from it. */
export const inWords = (text: string, to: string): string => `${to}(${text})`

export const interpreter = (
  before: (texts: ReadonlyArray<string>, signal: AbortSignal) => unknown = () => undefined,
): Interpreter => {
  const asked: Array<string> = []
  const languageOf = (text: string): string => (text.startsWith('de(') ? 'de' : 'fr')
  return {
    name: 'interpreter',
    spi: 1,
    capabilities: { detect: true, translate: true, maxTexts: 10, maxCharacters: 2_000 },
    detect: (texts) => texts.map(languageOf),
    translate: async ({ texts, from, to }, { signal }): Promise<ReadonlyArray<Translation>> => {
      asked.push(...texts)
      await before(texts, signal)
      return texts.map((text) => ({ text: inWords(text, to), from: from ?? languageOf(text) }))
    },
    asked: () => [...asked],
  }
}

/** Holds what comes until it is let go, and says when something is held. */
export const gate = () => {
  const held: Array<() => void> = []
  let open = false
  let arrived = (): void => undefined
  const first = new Promise<void>((resolve) => {
    arrived = resolve
  })
  return {
    pass: (): Promise<void> | undefined => {
      if (open) return undefined
      arrived()
      return new Promise((resolve) => void held.push(resolve))
    },
    /** Resolves when the first has come. */
    arrived: () => first,
    release: () => {
      open = true
      for (const go of held.splice(0)) go()
    },
  }
}

/** An office whose customers write German to a team that reads French, on the one engine there is. */
export const translatedOffice = async (rig: Rig, translator: Translator): Promise<Office> => {
  await rig.restart({ translator })
  const office = await rig.office()
  for (const account of ['chat', 'exact']) {
    granted(
      await office.workspace.accounts.put({
        id: account,
        channel: account,
        queue: 'desk',
        settings: { secret },
        translate: 'fr',
      }),
    )
  }
  return office
}

/** What stands beside a message. */
export const beside = async (office: Office, id: string, seq: number): Promise<ReadonlyArray<MessageTranslation>> =>
  (await messageAt(office, id, seq)).translations

export const messageAt = async (office: Office, id: string, seq: number): Promise<MessageView> => {
  const { messages } = await history(office.as('mia'), id)
  const found = messages.find((one) => one.seq === seq)
  assert(found !== undefined, `there is no message ${seq}`)
  return found
}

export const done = (language: string, text: string): MessageTranslation => ({
  language,
  provider: 'interpreter',
  state: 'done',
  text,
})

export const pending = (language: string): MessageTranslation => ({
  language,
  provider: null,
  state: 'pending',
  text: null,
})

export const failed = (language: string): MessageTranslation => ({
  language,
  provider: 'interpreter',
  state: 'failed',
  text: null,
})
