import type { Profile } from '../../domain/contact/profile.ts'

export type { Profile }

/** What became of one attempt to learn who somebody is; `Unknown` is final: the provider does not say. */
export type ProfileOutcome =
  | ({ readonly _tag: 'Found' } & Profile)
  | { readonly _tag: 'Unknown' }
  | { readonly _tag: 'Retry'; readonly reason: string; readonly afterMs?: number }

/** What asking for a profile is given. It stops when `signal` aborts and talks through `fetch`. */
export interface ProfileContext {
  readonly signal: AbortSignal
  readonly fetch: typeof globalThis.fetch
}
