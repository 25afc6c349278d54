import type { AskedFacts } from '../../domain/message/asked.ts'
import type { Part } from '../../domain/message/part.ts'
import type { Form } from '../../domain/message/rich-part.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'
import { storageFailed } from '../error.ts'
import { readTimeline } from '../read/messages.ts'
import { currentConversation } from '../redirect.ts'
import { noNeeds } from '../view.ts'

/** What was asked, and in which conversation. */
export interface Asked extends AskedFacts {
  readonly conversation: string
}

/** How many of our messages are looked through: what was asked longer ago is answered no more. */
const pages = 10
const pageSize = 100

/** A failing store is not the message's fault. */
const orFail = async <A>(asking: A | Promise<A>): Promise<A> => {
  try {
    return await asking
  } catch (error) {
    throw storageFailed(error)
  }
}

/** What of these answers has been asked in a conversation, the newest of each; what was deleted since was not. */
export const askedIn = async (
  core: Core,
  workspace: string,
  conversation: string,
  answers: ReadonlyArray<Part>,
): Promise<Asked> => {
  const forms = new Map<string, Form>()
  const choices: Array<AskedFacts['choices'][number]> = []
  const isFound = (part: Part): boolean => {
    if (part._tag === 'FormAnswer') return forms.has(part.form)
    return part._tag !== 'Chosen' || choices.some(({ id, label }) => id === part.choice && label === part.label)
  }
  let before: number | undefined
  for (let page = 0; page < pages && !answers.every(isFound); page += 1) {
    const read = core.storage.timeline({
      workspace,
      conversation,
      kinds: ['out'],
      limit: pageSize,
      ...(before === undefined ? {} : { before }),
    })
    const timeline = await orFail(read)
    before = timeline.entries[0]?.seq
    if (before === undefined) break
    const newestFirst = [...readTimeline(timeline).messages].sort((a, b) => b.seq - a.seq)
    for (const part of newestFirst.flatMap(({ parts }) => parts)) {
      if (part._tag === 'Form' && !forms.has(part.form.id)) forms.set(part.form.id, part.form)
      if (part._tag === 'Choices') choices.push(...part.choices)
    }
  }
  return { conversation, forms, choices }
}

/**
 * What has been asked where this sender's answer will most likely belong. It is only looked up early so that answers
 * keep their order among what else a delivery brings; where they belong is decided with the commit.
 */
export const askedAt = async (
  core: Core,
  { workspace, account }: Connected,
  address: string,
  answers: ReadonlyArray<Part>,
): Promise<Asked | undefined> => {
  const identities = [{ workspace, account: account.id, address }]
  const loaded = await orFail(core.storage.load({ ...noNeeds, identities }))
  const active = loaded.identities[0]?.conversation
  const state = active == null ? undefined : await orFail(currentConversation(core, workspace, active))
  return state === undefined ? undefined : askedIn(core, workspace, state.id, answers)
}
