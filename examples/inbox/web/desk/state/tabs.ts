import type { Tab } from '@guichet/engine/domain'

/** The views of the box, in the order of the navigation. */
export const shownTabs = [
  'open',
  'unanswered',
  'mine',
  'mentions',
  'automated',
  'internal',
  'pending',
  'closed',
  'spam',
  'archived',
  'all',
] as const satisfies ReadonlyArray<Tab>

/** Those, and the one that a pill of the open ones leads to. */
export const tabs: ReadonlyArray<Tab> = [...shownTabs, 'unassigned']
