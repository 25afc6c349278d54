import type { Bot, BotAction, BotContext, Json } from '@guichet/engine/ports'

/** A bot that does what it is told, and how often it was asked. */
export interface Told extends Bot {
  readonly asked: () => number
  readonly contexts: () => ReadonlyArray<BotContext>
}

export const told = (
  name: string,
  respond: (context: BotContext, call: { readonly signal: AbortSignal }) => unknown,
): Told => {
  const contexts: Array<BotContext> = []
  return {
    name,
    spi: 1,
    // What a bot answers is not believed, whatever its type says.
    respond: (context, call) => {
      contexts.push(context)
      return respond(context, call) as ReadonlyArray<BotAction>
    },
    asked: () => contexts.length,
    contexts: () => [...contexts],
  }
}

export const say = (text: string, memory?: Json): BotAction => ({
  _tag: 'Say',
  parts: [{ _tag: 'Text', text }],
  ...(memory === undefined ? {} : { memory }),
})

/** What the customer wrote last. */
export const lastWord = ({ messages }: BotContext): string =>
  messages.filter(({ by }) => by === 'contact').at(-1)?.text ?? ''

/** Answers every question with its echo. */
export const echo = (name = 'echo'): Told => told(name, (context) => [say(`you said ${lastWord(context)}`)])

/** A bot that thinks until it is let go, and does not listen when nobody wants to know any more. */
export const thinker = (
  name = 'thinker',
  actions: ReadonlyArray<BotAction> = [say('here is your answer')],
): Told & { readonly release: () => void; readonly thinking: () => Promise<void> } => {
  const held: Array<() => void> = []
  let begun: Array<() => void> = []
  const bot = told(name, async () => {
    const released = new Promise<void>((resolve) => void held.push(resolve))
    for (const go of begun) go()
    begun = []
    await released
    return actions
  })
  return {
    ...bot,
    release: () => {
      for (const go of held.splice(0)) go()
    },
    thinking: () => (held.length > 0 ? Promise.resolve() : new Promise((resolve) => void begun.push(resolve))),
  }
}
