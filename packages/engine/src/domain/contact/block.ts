/**
 * Who is not heard. An `identity` is an address on one account or, without account, on all; a `pattern` is an address
 * with asterisks for anything; `ip` is an address or a range in CIDR form (RFC 4632, RFC 4291).
 */
export type BlockTarget =
  | { readonly _tag: 'Contact'; readonly contact: string }
  | { readonly _tag: 'Identity'; readonly address: string; readonly account?: string }
  | { readonly _tag: 'Ip'; readonly range: string }
  | { readonly _tag: 'Pattern'; readonly pattern: string }

/** A block: whom, why, by whom, and until when (epoch milliseconds; null for good). */
export interface Block {
  readonly id: string
  readonly target: BlockTarget
  readonly reason: string
  readonly by: string
  readonly at: number
  readonly until: number | null
}
