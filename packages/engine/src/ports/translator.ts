import type { MaybePromise } from './channel.ts'

/** What a translator is asked with: its deadline, and how it reaches the network. */
export interface TranslatorCall {
  readonly signal: AbortSignal
  readonly fetch: typeof globalThis.fetch
}

/** A text in another language. `from` is the language it was in, given or found. Languages are BCP 47. */
export interface Translation {
  readonly text: string
  readonly from: string
}

/**
 * Detects languages and translates, in batches: as many answers as texts, in their order. What it can do is in
 * `capabilities`; the engine never asks for more: what is longer comes in pieces, between paragraphs or sentences where it
 * can. A failure throws; it never delays a message.
 */
export interface Translator {
  readonly name: string
  readonly spi: 1
  readonly capabilities: {
    readonly detect: boolean
    readonly translate: boolean
    /** How many texts, and how many characters in all, it takes at once. */
    readonly maxTexts: number
    readonly maxCharacters: number
  }
  /** BCP 47, or null where it cannot tell. */
  readonly detect: (texts: ReadonlyArray<string>, call: TranslatorCall) => MaybePromise<ReadonlyArray<string | null>>
  readonly translate: (
    request: { readonly texts: ReadonlyArray<string>; readonly from: string | null; readonly to: string },
    call: TranslatorCall,
  ) => MaybePromise<ReadonlyArray<Translation>>
}
