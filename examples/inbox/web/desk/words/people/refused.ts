import type { Failure } from '../../api.ts'
import { agentShort } from '../../state/workspace.ts'
import { sentence } from '../refusal.ts'
import { t } from '../t.ts'
import { p } from './p.ts'

type Known = {
  readonly _tag: string
  readonly issues?: ReadonlyArray<string>
  readonly addresses?: ReadonlyArray<string>
  readonly max?: number
}

/** A refusal about a contact, a tag, a block or a report, as a sentence. */
export const contactSentence = (failure: Failure): string => {
  const refusal = failure as Known
  switch (refusal._tag) {
    case 'Same':
      return p().no_Same
    case 'IdentitiesConflict':
      return p().no_IdentitiesConflict(refusal.addresses?.join(', ') ?? '')
    case 'InUse':
      return p().no_InUse
    case 'Mismatch':
      return p().no_Mismatch
    case 'NotFound':
    case 'UnknownContact':
      return p().no_Contact
    case 'BotSilenced':
      return p().no_BotSilenced
    case 'UnknownBot':
      return p().no_UnknownBot
    case 'TooMany':
      return p().no_TooMany(refusal.max ?? 0)
    case 'Invalid':
      return `${p().no_Invalid} ${refusal.issues?.join(' ') ?? ''}`.trim()
    default:
      return sentence(failure, { agent: agentShort, contact: t().visitor, ownedFor: '' })
  }
}

/** The fields that a refusal names, with what is wrong in each. */
export const issuesByField = (failure: Failure): ReadonlyMap<string, string> => {
  const { issues = [] } = failure as Known
  return new Map(
    issues.map((issue) => {
      const field = issue.slice(0, issue.indexOf(':')).replace(/[[.].*$/, '')
      const words: Readonly<Record<string, unknown>> = p()
      const said = words[`bad_${field}`]
      return [field, typeof said === 'string' ? said : `${p().bad_other} ${issue.slice(issue.indexOf(':') + 1).trim()}`]
    }),
  )
}
