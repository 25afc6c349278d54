import type { MaybePromise, Translator } from '@guichet/engine/ports'

/** What the cases need to know about a translator to try it. */
export interface TranslatorHarness {
  /** A translator as a freshly started engine has it. Called again by every case. */
  readonly open: () => MaybePromise<Translator>
  /** Sentences in languages that it knows, long enough to be told apart. */
  readonly sentences: ReadonlyArray<{ readonly text: string; readonly language: string }>
  /** A language that it translates into. */
  readonly into: string
  /** How it reaches the network; the platform's own when not said. */
  readonly fetch?: typeof globalThis.fetch
  /** How long it may take, in milliseconds; 10,000, which is what an engine grants, when not said. */
  readonly deadlineMs?: number
  /** How many lists of texts each generated case tries; 50 when not said. */
  readonly runs?: number
}

/** What a case gets to work with: the harness, and questions with a deadline. */
export interface TranslatorBench extends Required<TranslatorHarness> {
  readonly detect: (translator: Translator, texts: ReadonlyArray<string>) => Promise<ReadonlyArray<string | null>>
  readonly translate: (
    translator: Translator,
    request: Parameters<Translator['translate']>[0],
  ) => Promise<Awaited<ReturnType<Translator['translate']>>>
}

export interface TranslatorCase {
  readonly area: string
  readonly name: string
  readonly guarantee?: string
  readonly body: (bench: TranslatorBench) => Promise<void>
}
