import type { ChatMessage, ChatState } from '../client/types.ts'
import { h, icon, write } from './dom.ts'
import { messageRow, type Place } from './message.ts'
import type { Language } from './translate.ts'

interface Item {
  readonly id: string
  /** An item is built again only when this changes. */
  readonly look: ReadonlyArray<unknown>
  readonly build: () => HTMLElement
}

const sameRow = (a: ChatMessage | undefined, b: ChatMessage): boolean =>
  a !== undefined && a.from === b.from && a.author === b.author && b.at - a.at < 5 * 60_000

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

const dayName = (at: number, locale: string): string => {
  const days = Math.round((startOfDay(at) - startOfDay(Date.now())) / 86_400_000)
  return days > -2 && days < 1
    ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
    : new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(at)
}

/**
 * The conversation: a labelled region that the keyboard can scroll, with an ordered list. It stays at the end while the
 * reader is there, and never moves under somebody who reads further up.
 */
export const createHistory = (language: Language, retry: (id: string) => void, onEnd: () => void) => {
  const { t, locale } = language
  const list = h('ol', { role: 'list' })
  const empty = h('p', { class: 'empty' }, t('empty'))
  const typingName = h('span', { class: 'sr' })
  const typing = h('div', { class: 'typing', hidden: true }, h('i'), h('i'), h('i'), typingName)
  const content = h('div', { class: 'content' }, empty, list, typing)
  const node = h('div', { class: 'history', role: 'region', tabindex: 0, 'aria-label': t('history') }, content)
  const jump = h('button', { type: 'button', class: 'jump', hidden: true }, icon('down'), t('below'))

  const shown = new Map<string, { readonly look: ReadonlyArray<unknown>; readonly node: HTMLElement }>()
  let atEnd = true
  let newest: string | undefined

  const toEnd = () => {
    atEnd = true
    jump.hidden = true
    node.scrollTop = node.scrollHeight
  }
  node.addEventListener('scroll', () => {
    const before = atEnd
    atEnd = node.scrollHeight - node.scrollTop - node.clientHeight < 40
    if (!atEnd) return
    jump.hidden = true
    if (!before) onEnd()
  })
  jump.addEventListener('click', () => {
    toEnd()
    node.focus()
    onEnd()
  })
  // Grown by a message or a picture, shrunk by a keyboard, or just shown: the end stays in sight.
  const sizes = new ResizeObserver(() => {
    if (atEnd) toEnd()
  })
  sizes.observe(node)
  sizes.observe(content)

  const items = (messages: ReadonlyArray<ChatMessage>): ReadonlyArray<Item> => {
    const lastMine = messages.findLast((message) => message.from === 'visitor')
    return messages.flatMap((message, index): Item[] => {
      const before = messages[index - 1]
      const newDay = before === undefined || startOfDay(before.at) !== startOfDay(message.at)
      const place: Place = { first: newDay || !sameRow(before, message), last: message === lastMine }
      const row: Item = {
        id: message.id,
        look: [message, place.first, place.last],
        build: () => messageRow(message, place, language, retry),
      }
      const name = dayName(message.at, locale)
      const day: Item = {
        id: `day ${startOfDay(message.at)}`,
        look: [name],
        build: () => h('li', { class: 'day' }, name),
      }
      return newDay ? [day, row] : [row]
    })
  }

  const place = (wanted: ReadonlyArray<Item>): void => {
    const ids = new Set(wanted.map((item) => item.id))
    for (const [id, row] of shown) {
      if (ids.has(id)) continue
      row.node.remove()
      shown.delete(id)
    }
    let cursor: ChildNode | null = list.firstChild
    for (const { id, look, build } of wanted) {
      const old = shown.get(id)
      const row = old !== undefined && old.look.every((part, index) => part === look[index]) ? old : { look, node: build() }
      shown.set(id, row)
      if (old !== undefined && old !== row) {
        if (cursor === old.node) cursor = row.node
        old.node.replaceWith(row.node)
      }
      if (cursor === row.node) cursor = row.node.nextSibling
      else list.insertBefore(row.node, cursor)
    }
  }

  return {
    node,
    jump,
    toEnd,
    get atEnd() {
      return atEnd
    },
    render(state: ChatState): void {
      place(items(state.messages))
      empty.hidden = state.messages.length > 0
      typing.hidden = state.typing === null
      write(typingName, state.typing === null ? '' : t('typing', { name: state.typing }))
      const last = state.messages.at(-1)
      if (last === undefined || last.id === newest) return
      if (last.from === 'visitor') toEnd()
      else if (!atEnd) jump.hidden = false
      newest = last.id
    },
    destroy: () => sizes.disconnect(),
  }
}
