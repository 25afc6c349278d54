import { route } from '../domain/routing/route.ts'
import type { Running } from '../runtime/engine.ts'
import { openAt } from '../runtime/routing.ts'
import { putRules } from '../runtime/settings/rules.ts'
import { asEngineError, given } from './refusing.ts'
import type { Routing } from './types.ts'

/** The rules of a workspace. */
export const routingFor = ({ core, closing }: Running, workspace: string): Routing => ({
  get: () => asEngineError(closing, async () => (await core.directory.of(workspace)).rules),
  put: (rules) =>
    asEngineError(closing, async () => {
      const kept = await putRules(core, workspace, rules)
      return kept._tag === 'Kept' ? { ok: true, value: kept.value } : { ok: false, refusal: kept.refusal }
    }),
  explain: (asked) =>
    asEngineError(closing, async () => {
      const facts = given(asked)
      const setup = await core.directory.of(workspace)
      const queue = setup.accounts.get(facts.account)?.queue ?? ''
      return route(setup.rules, { isOpen: openAt(setup, core.clock.now()), ...facts }, { queue })
    }),
})
