import { decodeTemplate, parentOf } from '../../codec/template.ts'
import { mayUse } from '../../domain/template/access.ts'
import type { Agent } from '../../domain/actor.ts'
import { type TemplateSearch, rankTemplates } from '../../domain/template/rank.ts'
import type { Template } from '../../domain/template/template.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { wordy } from '../read/search.ts'

/** More would not be read. */
const foundAtMost = 50
const pageSize = 200

/** Everything in one list that has the words: the best may be the last of them. */
const allIn = async (
  core: Core,
  workspace: string,
  parent: string,
  words: ReadonlyArray<string>,
): Promise<ReadonlyArray<Template>> => {
  const found: Array<Template> = []
  for (let after: string | undefined; ; ) {
    const page = await core.storage.documents({
      workspace,
      kind: 'template',
      parent,
      limit: pageSize,
      ...(words.length === 0 ? {} : { words }),
      ...(after === undefined ? {} : { after }),
    })
    found.push(...page.map(decodeTemplate))
    after = page.at(-1)?.id
    if (page.length < pageSize || after === undefined) return found
  }
}

/** The lists that an agent may use. */
const listsFor = (setup: Setup, agent: Agent): ReadonlyArray<string> => {
  const scopes: ReadonlyArray<Template['scope']> = [
    { _tag: 'Own', agent: agent.id },
    ...Array.from(setup.queues.keys(), (queue) => ({ _tag: 'Team', queue }) as const),
    { _tag: 'All' },
  ]
  return scopes.filter((scope) => mayUse({ scope }, agent)).map(parentOf)
}

/** Templates that an agent may use, best first. */
export const findTemplates = async (
  core: Core,
  setup: Setup,
  workspace: string,
  agent: Agent,
  search: TemplateSearch,
): Promise<ReadonlyArray<Template>> => {
  const words = wordy(search.words)
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  const lists = await Promise.all(listsFor(setup, agent).map((parent) => allIn(core, workspace, parent, words)))
  return rankTemplates(lists.flat(), { ...search, words: wordy(search.words) }).slice(0, foundAtMost)
}
