/** What a language must have: a text, or a function from the same things to a text. */
export type WordsLike<All> = {
  readonly [K in keyof All]: All[K] extends (...parts: infer Parts) => string ? (...parts: Parts) => string : string
}
