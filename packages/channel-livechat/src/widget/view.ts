import type { Chat, ChatMessage, ChatState } from '../client/types.ts'
import { createAnnouncer } from './announcer.ts'
import type { Composer } from './composer.ts'
import { h } from './dom.ts'
import { createLauncher } from './launcher.ts'
import { createModal } from './modal.ts'
import { createPageTitle } from './page-title.ts'
import { createPanel } from './panel.ts'
import { createSound } from './sound.ts'
import type { Language } from './translate.ts'

export interface ViewOptions {
  readonly host: HTMLElement
  readonly language: Language
  readonly heading: string | null
  readonly inline: boolean
  /** The chat, if there is one yet. */
  readonly chat: () => Chat | undefined
  readonly setOpen: (open: boolean) => void
}

export interface View {
  readonly node: HTMLElement
  readonly composer: Composer
  /** `focus` is false where nobody asked for the panel: on a page that loads with it open. */
  readonly open: (value: boolean, focus: boolean) => void
  readonly render: (state: ChatState | undefined) => void
  readonly arrived: (message: ChatMessage) => void
  readonly sent: () => void
  readonly destroy: () => void
}

/** Everything inside the shadow root, in one language. It asks the host for the chat and tells it when to open and close. */
export const createView = ({ host, language, heading, inline, chat, setOpen }: ViewOptions): View => {
  const sound = createSound()
  const announcer = createAnnouncer(language)
  const title = createPageTitle()
  let open = inline
  let state: ChatState | undefined

  const unread = () => state?.unread ?? 0
  const seen = () => open && !document.hidden
  const read = () => {
    if (seen() && panel.history.atEnd && unread()) chat()?.read()
  }
  const panel = createPanel(language, heading, inline, {
    limits: () => state?.limits,
    send: (text, files) => void chat()?.send(text, files),
    typing: (on) => {
      if (state) chat()?.typing(on)
    },
    say: announcer.say,
    close: () => setOpen(false),
    end: () => chat()?.end(),
    retry: (id) => chat()?.retry(id),
    answer: (form, values) => void chat()?.answer(form, values),
    choose: (choice) => void chat()?.choose(choice),
    reached: read,
    sound: sound.on,
    toggleSound: sound.toggle,
  })
  const launcher = createLauncher(language, () => setOpen(!open))
  const arm = () => {
    if (open) sound.arm()
  }
  const node = h(
    'div',
    {
      class: 'root',
      dir: language.dir,
      lang: language.locale,
      pointerdown: arm,
      click: arm,
      keydown: (event: KeyboardEvent) => {
        arm()
        if (event.key !== 'Escape' || event.isComposing) return
        if (!panel.back()) {
          if (inline || !open) return
          setOpen(false)
        }
        event.preventDefault()
        event.stopPropagation()
      },
    },
    announcer.node,
    launcher.node,
    panel.node,
  )
  const modal = createModal(host, panel.node)

  const show = (): void => {
    launcher.render(open, unread())
    title(seen() ? 0 : unread())
    read()
  }
  document.addEventListener('visibilitychange', show)

  let opener: HTMLElement | null = null

  return {
    node,
    composer: panel.composer,
    open(value, focus) {
      if (inline || open === value) return
      open = value
      if (value) opener = document.activeElement as HTMLElement | null
      panel.node.hidden = !value
      modal.set(value)
      show()
      if (value) panel.history.toEnd()
      if (value && focus) panel.focus()
      if (!value && focus) {
        if (host.getAttribute('launcher') === 'hidden') opener?.focus()
        else launcher.node.focus()
      }
    },
    render(next) {
      if (state && next) announcer.changed(state, next)
      state = next
      panel.render(next)
      show()
    },
    arrived(message) {
      announcer.arrived(message)
      sound.ring(seen())
    },
    sent: () => announcer.say(language.t('sent')),
    destroy() {
      document.removeEventListener('visibilitychange', show)
      title(0)
      modal.destroy()
      panel.destroy()
      sound.close()
      node.remove()
    },
  }
}
