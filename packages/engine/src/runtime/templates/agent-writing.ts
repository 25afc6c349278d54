import type { Agent } from '../../domain/actor.ts'
import { variablesIn, variablesWith } from '../../domain/template/variables.ts'
import type { Setup } from '../directory.ts'
import { addressFor } from '../reach.ts'

const signatureAtMost = 10_000

/** What is wrong with how an agent signs, and where she wants her answers. */
export const writingIssues = ({ email, signature }: Agent, setup: Setup): ReadonlyArray<string> => {
  const issues: Array<string> = []
  if (email !== undefined && (typeof email !== 'string' || addressFor('email', email) === null)) {
    issues.push('email: an address such as ana@example.org')
  }
  if (signature === undefined) return issues
  if (typeof signature !== 'string' || signature.length > signatureAtMost) {
    return [...issues, `signature: at most ${signatureAtMost} characters`]
  }
  const known = variablesWith(setup.attributes.values())
  const unknown = variablesIn(signature).filter((name) => !known.includes(name))
  return [...issues, ...unknown.map((name) => `signature: there is no variable ${name}; there are ${known.join(', ')}`)]
}
