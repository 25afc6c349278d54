import type { Routed, RoutingFacts, Rule } from '../../domain/routing/rule.ts'
import type { Outcome } from './outcome.ts'

/** The ordered list of rules, as data: edited at run time, checked when it is stored. */
export interface Routing {
  readonly get: () => Promise<ReadonlyArray<Rule>>
  /** Replaces the list. Refuses what does not fit (`Invalid` says which rule and which field, `UnknownQueue`). */
  readonly put: (rules: ReadonlyArray<Rule>) => Promise<Outcome<ReadonlyArray<Rule>>>
  /** Where a message would go now, and why. `isOpen` is answered from the workspace's hours unless given. */
  readonly explain: (facts: Omit<RoutingFacts, 'isOpen'> & Partial<Pick<RoutingFacts, 'isOpen'>>) => Promise<Routed>
}
