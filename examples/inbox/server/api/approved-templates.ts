import type { Workspace } from '@guichet/engine'
import type { Context } from 'hono'
import { approvedTemplates, inLanguageFirst } from '../approved-templates.ts'
import { cannotSend, refused } from './refused.ts'

/** What may be sent from an account at any time, to somebody who reads this language. */
export const approvedJson = async (
  c: Context,
  workspace: Workspace,
  to: { readonly account: string; readonly language: string | null },
): Promise<Response> => {
  const account = await workspace.accounts.get(to.account)
  if (account === undefined) return c.json({ items: [] })
  return approvedTemplates(account).then(
    (all) => c.json({ items: inLanguageFirst(all, to.language) }),
    (error: unknown) => refused(c, cannotSend(error), 502),
  )
}
