import type { ChatMessage, ChatState } from '../client/types.ts'
import { h, write } from './dom.ts'
import { messageRow, type Place } from './message.ts'
import type { PartActs } from './part-view.ts'
import { createParts } from './parts.ts'
import type { Language } from './translate.ts'

const dayOf = (message: ChatMessage | undefined): string => new Date(message?.at ?? 0).toDateString()

/**
 * The conversation: a labelled region that the keyboard can scroll, with an ordered list. It stays at the end while the
 * reader is there, and never moves under somebody who reads further up.
 */
export const createHistory = (language: Language, retry: (id: string) => void, onEnd: () => void, acts: PartActs) => {
  const { t } = language
  const list = h('ol', { role: 'list' })
  const empty = h('p', { class: 'empty' }, t('empty'))
  const typingName = h('span', { class: 'sr' })
  const typing = h('div', { class: 'typing' }, h('i'), h('i'), h('i'), typingName)
  const content = h('div', { class: 'content' }, empty, list, typing)
  const node = h(
    'div',
    {
      class: 'history',
      role: 'region',
      tabindex: 0,
      'aria-label': t('history'),
      scroll: () => {
        // The event comes late: by then a picture may have grown. Only going up is leaving the end.
        const before = atEnd
        if (node.scrollHeight - node.scrollTop - node.clientHeight < 40) atEnd = true
        else if (node.scrollTop < top) atEnd = false
        top = node.scrollTop
        if (!atEnd) return
        jump.hidden = true
        if (!before) onEnd()
      },
    },
    content,
  )
  const jump = h(
    'button',
    {
      class: 'jump',
      hidden: true,
      click: () => {
        toEnd()
        node.focus()
        onEnd()
      },
    },
    t('below'),
  )

  /** A row is built again only when its message, or what its neighbours make of it, has changed. */
  let rows = new Map<string, { readonly message: ChatMessage; readonly look: string; readonly node: HTMLElement }>()
  let atEnd = true
  let top = 0

  const toEnd = () => {
    atEnd = true
    jump.hidden = true
    node.scrollTop = node.scrollHeight
  }
  // Grown by a message or a picture, shrunk by a keyboard, or just shown: the end stays in sight.
  const sizes = new ResizeObserver(() => {
    if (atEnd) toEnd()
  })
  sizes.observe(node)
  sizes.observe(content)

  const extras = createParts(language, acts)

  const place = (messages: ReadonlyArray<ChatMessage>): void => {
    const focused = (node.getRootNode() as ShadowRoot).activeElement as HTMLElement | null
    const lastMine = messages.findLast((message) => message.from === 'visitor')
    const wanted: typeof rows = new Map()
    let before: ChatMessage | undefined
    for (const message of messages) {
      const day = dayOf(message) !== dayOf(before)
      const first =
        day || message.from !== before?.from || message.author !== before.author || message.at - before.at > 300_000
      const where: Place = { day, first, last: message === lastMine }
      const look = Object.values(where).join()
      const old = rows.get(message.id)
      const same = old?.message === message && old.look === look
      if (!same) old?.node.remove()
      wanted.set(
        message.id,
        same ? old : { message, look, node: messageRow(message, where, language, retry, extras.of(message)) },
      )
      rows.delete(message.id)
      before = message
    }
    for (const gone of rows.values()) gone.node.remove()
    rows = wanted
    // What is left stands in order, so nothing that is kept is moved: it keeps its focus and its selection.
    let index = 0
    for (const row of rows.values()) {
      const there = list.children[index++] ?? null
      if (there !== row.node) list.insertBefore(row.node, there)
    }
    // A question that is being answered has moved into a row that was built again.
    if (focused?.isConnected && list.contains(focused)) focused.focus({ preventScroll: true })
  }

  let newest: string | undefined
  return {
    node,
    jump,
    toEnd,
    get atEnd() {
      return atEnd
    },
    render(state: ChatState | undefined): void {
      const all = state?.messages ?? []
      // An answer is shown where the question was.
      const messages = all.filter(({ parts }) => !parts?.some(({ type }) => type === 'answer'))
      const name = state?.typing ?? ''
      place(messages)
      extras.update(all)
      empty.hidden = messages.length > 0
      typing.hidden = !name
      write(typingName, t('typing', { name }))
      const last = messages.at(-1)
      if (last === undefined || last.id === newest) return
      if (last.from === 'visitor') toEnd()
      else if (!atEnd) jump.hidden = false
      newest = last.id
    },
    destroy: () => sizes.disconnect(),
  }
}
