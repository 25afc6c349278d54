import type { ChatMessage, ChatState } from '../client/types.ts'
import { h } from './dom.ts'
import { nameOf } from './parts.ts'
import type { Language } from './translate.ts'

/** "12 sec", in the reader's language. */
export const lostFor = (state: ChatState, { amount }: Language): string => {
  const seconds = Math.max(0, Date.now() - (state.lostAt ?? Date.now())) / 1000
  return seconds < 60 ? amount(Math.floor(seconds), 'second') : amount(Math.floor(seconds / 60), 'minute')
}

export const gone = (state: ChatState): boolean => state.status === 'reconnecting' || state.status === 'offline'

/**
 * What a screen reader hears. One polite region that is always in the tree and outside the panel, since a region that was
 * hidden when its text came stays silent. Only what arrives live goes through it, never the history.
 */
export const createAnnouncer = (language: Language) => {
  const { t } = language
  const node = h('div', { class: 'sr', role: 'status', 'aria-atomic': 'false' })
  let typingTold = false

  const say = (text: string): void => {
    const line = h('p', {}, text)
    node.append(line)
    // Left there it would be found again, out of place, by whoever reads the page line by line.
    setTimeout(() => line.remove(), 8000)
  }

  return {
    node,
    say,
    arrived(message: ChatMessage): void {
      typingTold = false
      const text = [message.text, ...(message.parts ?? []).map(nameOf), ...message.files.map((file) => file.name)]
        .filter(Boolean)
        .join(', ')
      say(t('says', { name: message.author ?? t('team'), text }))
    },
    /** Tells what changed: a failure, the connection, and once per answer that somebody writes. */
    changed(before: ChatState, after: ChatState): void {
      if (gone(after) && before.status === 'online') say(t('lost', { age: lostFor(after, language) }))
      if (after.status === 'online' && gone(before)) say(t('back'))
      if (after.conversation === 'ended' && before.conversation === 'open') say(t('ended'))
      const failed = (state: ChatState) => state.messages.filter((message) => message.state === 'failed').length
      if (before.messages.length > 0 && failed(after) > failed(before)) say(t('failed'))
      if (after.typing !== null && before.typing === null && !typingTold) {
        typingTold = true
        say(t('typing', { name: after.typing }))
      }
    },
  }
}
