/**
 * A canned reply. `scope`: everybody's, a queue's members', or its author's own. Variables stand in double braces, a
 * fallback after a bar: `{{contact.firstName|there}}`.
 */
export interface Template {
  readonly id: string
  readonly title: string
  readonly category: string | null
  /** What is typed after a slash to get it, in lower case; the nearest of several with the same is found first. */
  readonly shortcut: string | null
  /** BCP 47; null for any. */
  readonly language: string | null
  /** Channels it is for; empty for all. */
  readonly channels: ReadonlyArray<string>
  readonly scope:
    | { readonly _tag: 'All' }
    | { readonly _tag: 'Team'; readonly queue: string }
    | { readonly _tag: 'Own'; readonly agent: string }
  readonly text: string
  readonly updatedAt: number
}
