import type { Part } from '@guichet/engine'
import type { BotAction } from '@guichet/engine/ports'
import { choiceId, formId } from './hear.ts'
import type { Act, Position, Script, Step, Words } from './script.ts'
import { inLanguage } from './words.ts'

type Translate = (words: Words) => string

/** What is to be answered: the menu or the form of a step. */
const question = (name: string, { choices = [], form }: Step, say: Translate): ReadonlyArray<Part> => [
  ...(choices.length === 0
    ? []
    : [
        {
          _tag: 'Choices' as const,
          choices: choices.map(({ label }, index) => ({ id: choiceId(name, index), label: say(label) })),
        },
      ]),
  ...(form === undefined
    ? []
    : [
        {
          _tag: 'Form' as const,
          form: {
            id: formId(name),
            title: say(form.title),
            fields: form.fields.map((field) => ({ ...field, label: say(field.label) })),
          },
        },
      ]),
]

/** The last thing that is done: the conversation leaves the bot's hands. */
export const isEnd = (act: Act): boolean => act._tag === 'HandOver' || act._tag === 'AskDetails' || act._tag === 'Close'

const words = (text: string): ReadonlyArray<Part> => (text === '' ? [] : [{ _tag: 'Text', text }])

/** The steps that follow from one without the customer, that one first. A script that was checked has no loop here. */
export const chain = (script: Script, from: string): ReadonlyArray<string> => {
  const names: Array<string> = []
  for (let name: string | undefined = from; name !== undefined && !names.includes(name); ) {
    names.push(name)
    name = script.steps[name]?.to
  }
  return names
}

/** Says and does what stands in a step and in those that follow from it, and remembers where it stopped. */
export const play = (script: Script, from: string, language: string | null): ReadonlyArray<BotAction> => {
  const say: Translate = (said) => inLanguage(said, language, script.language)
  const names = chain(script, from)
  const actions = names.flatMap((name): ReadonlyArray<BotAction> => {
    const step = script.steps[name] ?? {}
    const parts = [...words(step.say === undefined ? '' : say(step.say)), ...question(name, step, say)]
    return [...(parts.length === 0 ? [] : [{ _tag: 'Say' as const, parts }]), ...(step.do ?? [])]
  })
  return remembering(actions, { step: names.at(-1) ?? from, missed: 0 })
}

/** The position stands beside the last message of all. */
const remembering = (actions: ReadonlyArray<BotAction>, position: Position): ReadonlyArray<BotAction> => {
  const last = actions.findLastIndex((action) => action._tag === 'Say')
  return actions.map((action, index) =>
    index === last && action._tag === 'Say' ? { ...action, memory: { ...position } } : action,
  )
}

/** What is not understood is asked again, and then people are called. */
export const miss = (script: Script, { step, missed }: Position, language: string | null): ReadonlyArray<BotAction> => {
  const say: Translate = (said) => inLanguage(said, language, script.language)
  const { fallback } = script
  if (missed >= fallback.times) {
    const goodbye = fallback.handOver === undefined ? [] : words(say(fallback.handOver))
    return [
      ...(goodbye.length === 0 ? [] : [{ _tag: 'Say' as const, parts: goodbye }]),
      { _tag: 'HandOver', reason: 'not understood' },
    ]
  }
  const parts = [...words(say(fallback.say)), ...question(step, script.steps[step] ?? {}, say)]
  return [{ _tag: 'Say', parts, memory: { step, missed: missed + 1 } }]
}
