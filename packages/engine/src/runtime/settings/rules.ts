import { checkRules } from '../../domain/routing/check-rules.ts'
import type { Rule } from '../../domain/routing/rule.ts'
import type { Core } from '../core.ts'
import { rulesId } from '../directory.ts'
import { type Kept, storeSetting } from '../settings.ts'

/** Replaces the rules of a workspace, whole: messages that come from now on go by the new ones. */
export const putRules = async (core: Core, workspace: string, raw: unknown): Promise<Kept<ReadonlyArray<Rule>>> => {
  const checked = checkRules(raw, await core.directory.of(workspace))
  if (!checked.ok) return { _tag: 'Refused', refusal: checked.refusal }
  await storeSetting(core, workspace, 'routing', rulesId, checked.rules)
  return { _tag: 'Kept', value: checked.rules }
}
