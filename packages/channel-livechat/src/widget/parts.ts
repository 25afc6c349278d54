import type { ChatMessage, ChatPart } from '../client/types.ts'
import { h } from './dom.ts'
import { createForm } from './form.ts'
import { safeUrl } from './links.ts'
import type { PartActs, PartView } from './part-view.ts'
import type { Language } from './translate.ts'

type Part<Type extends ChatPart['type']> = Extract<ChatPart, { readonly type: Type }>

/** What stands for a part where there is one line for it. */
export const nameOf = (part: ChatPart): string => {
  if (part.type === 'choices') return part.choices.map(({ label }) => label).join(', ')
  return 'title' in part ? part.title : ''
}

const card = ({ title, price, lines, links }: Part<'card'>, { t }: Language): PartView => ({
  node: h(
    'div',
    { class: 'part card', dir: 'auto' },
    h('b', {}, title),
    ...[price ?? '', ...lines].filter(Boolean).map((line) => h('p', {}, line)),
    ...links.flatMap(({ url, text, as = 'see' }) => {
      const href = safeUrl(url, /^(https?|mailto|tel):$/)
      return href === undefined
        ? []
        : [h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, text ?? t(as))]
    }),
  ),
})

const choices = (part: Part<'choices'>, { choose, done }: PartActs): PartView => {
  const buttons = part.choices.map((choice) => {
    const click = () => {
      choose(choice)
      done()
    }
    return { choice, node: h('button', { type: 'button', dir: 'auto', click }, choice.label) }
  })
  return {
    node: h('div', { class: 'part' }, ...buttons.map(({ node }) => node)),
    update: (answer) => {
      const chosen = answer?.parts?.find((one) => one.type === 'chosen')
      for (const { choice, node } of buttons) {
        node.disabled = chosen !== undefined
        node.ariaPressed = chosen?.id === choice.id ? 'true' : null
      }
    },
  }
}

const answers = (answer: ChatPart, asked: ChatPart): boolean =>
  answer.type === 'answer'
    ? asked.type === 'form' && asked.id === answer.form
    : answer.type === 'chosen' &&
      asked.type === 'choices' &&
      asked.choices.some(({ id, label }) => id === answer.id && label === answer.label)

/** Forms, choices and cards of the history. A part keeps its node, and what was typed into it, as long as it is there. */
export const createParts = (language: Language, acts: PartActs) => {
  let views = new Map<ChatPart, PartView>()

  const viewOf = (part: ChatPart): PartView | undefined => {
    switch (part.type) {
      case 'card':
        return card(part, language)
      case 'choices':
        return choices(part, acts)
      case 'form':
        return createForm(part, language, acts)
    }
  }
  const kept = (part: ChatPart): PartView | undefined => {
    const view = views.get(part) ?? viewOf(part)
    if (view) views.set(part, view)
    return view
  }

  return {
    of: ({ parts = [] }: ChatMessage): ReadonlyArray<HTMLElement> => parts.flatMap((part) => kept(part)?.node ?? []),
    /** Tells each question what answers it: the newest one of its kind before the answer was asked. */
    update: (messages: ReadonlyArray<ChatMessage>): void => {
      const asked: ChatPart[] = []
      const answered = new Map<ChatPart, ChatMessage>()
      for (const message of messages) {
        for (const part of message.parts ?? []) {
          if (message.from === 'agent') asked.push(part)
          const question = message.from === 'visitor' && asked.findLast((one) => answers(part, one))
          if (question) answered.set(question, message)
        }
      }
      views = new Map([...views].filter(([part]) => asked.includes(part)))
      for (const [part, view] of views) view.update?.(answered.get(part))
    },
  }
}
