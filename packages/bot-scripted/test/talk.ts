import type { Part } from '@guichet/engine'
import type { Bot, BotAction, BotContext, BotMessage } from '@guichet/engine/ports'

/** What was said in one turn, in short: words, menus as their labels, and everything else by its tag. */
export const inShort = (actions: ReadonlyArray<BotAction>): ReadonlyArray<string> =>
  actions.flatMap((action) => (action._tag === 'Say' ? action.parts.map(partInShort) : [action._tag]))

const partInShort = (part: Part): string => {
  if (part._tag === 'Text') return part.text
  if (part._tag === 'Choices') return part.choices.map(({ label }) => label).join(' | ')
  return part._tag === 'Form' ? `form ${part.form.title}` : part._tag
}

export const emptyContext: BotContext = {
  workspace: 'w',
  conversation: 'c',
  account: 'a',
  channel: 'livechat',
  subject: null,
  messages: [],
  contact: { name: null, firstName: null, language: null, custom: {}, known: [] },
  attributes: {},
  cause: 'message',
}

const call = { signal: new AbortController().signal, now: 0 }

/** A conversation with a bot that is told everything anew at each turn, as an engine tells it. */
export const talk = (bot: Bot, language: string | null = null) => {
  let messages: ReadonlyArray<BotMessage> = []
  const add = (message: Omit<BotMessage, 'seq' | 'sentAt'>): void => {
    messages = [...messages, { ...message, seq: messages.length + 1, sentAt: messages.length }]
  }
  const answer = async (cause: BotContext['cause']): Promise<ReadonlyArray<BotAction>> => {
    const contact = { ...emptyContext.contact, language }
    const actions = await bot.respond({ ...emptyContext, contact, messages, cause }, call)
    for (const action of actions) {
      if (action._tag !== 'Say') continue
      const { parts, memory = null } = action
      add({ by: 'bot', bot: bot.name, parts, text: inShort([action]).join('\n'), memory })
    }
    return actions
  }
  const hears = (...parts: ReadonlyArray<Part>): void =>
    add({
      by: 'contact',
      bot: null,
      parts,
      text: parts.map((part) => (part._tag === 'Text' ? part.text : '')).join(''),
      memory: null,
    })
  return {
    says: async (...texts: ReadonlyArray<string>) => {
      for (const text of texts) hears({ _tag: 'Text', text })
      return inShort(await answer('message'))
    },
    sends: async (part: Part) => {
      hears(part)
      return inShort(await answer('message'))
    },
    asked: async () => inShort(await answer('asked')),
    person: (text: string) => add({ by: 'agent', bot: null, parts: [{ _tag: 'Text', text }], text, memory: null }),
  }
}
