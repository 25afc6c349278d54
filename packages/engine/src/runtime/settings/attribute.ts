import type { AttributeDefinition } from '../../domain/contact/attribute.ts'
import { checkDefinition } from '../../domain/contact/attributes.ts'
import type { Core } from '../core.ts'
import { type Kept, invalid, keepSetting } from '../settings.ts'

/** An attribute keeps what it is on and what it holds for good: what was written under it would mean nothing else. */
export const putAttribute = async (
  core: Core,
  workspace: string,
  definition: AttributeDefinition,
): Promise<Kept<AttributeDefinition>> => {
  const refusal = checkDefinition(definition)
  if (refusal !== null) return { _tag: 'Refused', refusal }
  const { id, name, on, kind, choices } = definition
  const known = (await core.directory.of(workspace)).attributes.get(id)
  if (known !== undefined && known.on !== on) return invalid('attribute', `on: ${id} is of a ${known.on}, and stays so`)
  if (known !== undefined && known.kind !== kind)
    return invalid('attribute', `kind: ${id} is a ${known.kind}, and stays so`)
  return keepSetting(core, workspace, 'attribute', {
    id,
    name: name.trim(),
    on,
    kind,
    ...(choices === undefined ? {} : { choices: [...choices] }),
  })
}
