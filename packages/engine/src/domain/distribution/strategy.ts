/**
 * Who gets the next conversation of a queue.
 *
 * - `Everyone`: all members see it; the first to answer has it.
 * - `FirstN`: offered to the first n of an order, then to the next n.
 * - `RoundRobin`: each in turn.
 * - `LeastBusy`: whoever has the fewest, as a share of what she can take.
 * - `LongestIdle`: whoever has waited longest for one.
 * - `Manual`: somebody assigns it.
 * - `Custom`: a function of the host, by its name.
 */
export type Strategy =
  | { readonly _tag: 'Everyone' }
  | { readonly _tag: 'FirstN'; readonly n: number }
  | { readonly _tag: 'RoundRobin' }
  | { readonly _tag: 'LeastBusy' }
  | { readonly _tag: 'LongestIdle' }
  | { readonly _tag: 'Manual' }
  | { readonly _tag: 'Custom'; readonly name: string }

/** A conversation that is offered: to whom, and until when (epoch milliseconds). */
export interface Offer {
  readonly agents: ReadonlyArray<string>
  readonly until: number
  readonly by: Strategy['_tag']
}
