import { partIssues } from '@guichet/engine/domain'
import type { RichPart } from '@guichet/engine/ports'

type Of<Tag extends RichPart['_tag']> = Extract<RichPart, { readonly _tag: Tag }>

const isSound = (part: unknown): boolean => partIssues(part)?.length === 0

/** A part, if the engine takes it as it is. */
export const sound = <Tag extends RichPart['_tag']>(part: Of<Tag>): Of<Tag> | undefined =>
  isSound(part) ? part : undefined

/**
 * A part with those of its further fields that the engine takes, and whether that is all of them. Providers send
 * addresses of any length, and texts where one expects none: one of them must not cost the others.
 */
export const withSound = <Tag extends RichPart['_tag']>(
  part: Of<Tag>,
  further: { readonly [Name in keyof Of<Tag>]?: Of<Tag>[Name] | undefined },
): { readonly part: Of<Tag>; readonly whole: boolean } => {
  const given = Object.entries(further).filter(([, value]) => value !== undefined)
  const taken = given.filter(([name, value]) => isSound({ ...part, [name]: value }))
  return { part: { ...part, ...Object.fromEntries(taken) }, whole: taken.length === given.length }
}
