import type { ListOptions } from './reading.ts'
import type { CallOptions, Outcome } from './outcome.ts'

/** A filter that was kept. */
export interface SavedView {
  readonly id: string
  readonly name: string
  readonly filter: Omit<ListOptions, 'after' | 'limit' | 'signal'>
  /** Everybody's, each seeing what she may; otherwise its author's own. */
  readonly shared: boolean
  readonly by: string
}

/** Saved views. A shared one is changed by its author and by managers. */
export interface Views {
  /** With how many conversations they show, counted to 999. */
  readonly list: (options?: CallOptions) => Promise<ReadonlyArray<SavedView & { readonly count: number }>>
  readonly put: (view: Omit<SavedView, 'id' | 'by'> & { readonly id?: string }) => Promise<Outcome<SavedView>>
  readonly remove: (id: string) => Promise<Outcome<void>>
}
