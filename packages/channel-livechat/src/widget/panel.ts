import type { ChatState } from '../client/types.ts'
import { gone, lostFor } from './announcer.ts'
import { type ComposerActs, createComposer } from './composer.ts'
import { h, icon, write } from './dom.ts'
import { createHistory } from './history.ts'
import type { Language } from './translate.ts'

export interface PanelActs extends ComposerActs {
  readonly close: () => void
  readonly end: () => void
  readonly retry: (id: string) => void
  /** The reader is at the end of the history. */
  readonly reached: () => void
  readonly sound: () => boolean
  readonly toggleSound: () => void
}

/** Header, history and composer, with the menu, the banner of a lost connection and the two steps of an end. */
export const createPanel = (language: Language, heading: string | null, inline: boolean, acts: PanelActs) => {
  const { t, locale } = language
  let ending = false
  let restarted = false
  let state: ChatState | undefined

  const title = h('h2', { id: 'title', dir: 'auto' })
  const about = h('p', { dir: 'auto' })
  const avatar = h('div', { class: 'avatar', 'aria-hidden': 'true' })
  const tool = (name: 'options' | 'close', picture: 'more' | 'close', attributes = {}) =>
    h('button', { type: 'button', class: 'tool', 'aria-label': t(name), title: t(name), ...attributes }, icon(picture))
  const options = tool('options', 'more', { 'aria-expanded': 'false', 'aria-controls': 'menu' })
  const sound = h('input', { type: 'checkbox', role: 'switch', change: acts.toggleSound })
  const end = h('button', { type: 'button' }, t('end'))
  const menu = h('div', { class: 'menu', id: 'menu', hidden: true }, h('label', {}, t('sound'), sound), end)
  const banner = h('div', { class: 'banner', hidden: true })
  const history = createHistory(
    language,
    (id) => {
      acts.retry(id)
      composer.focus()
    },
    acts.reached,
  )
  const composer = createComposer(language, acts)
  const yes = h('button', { type: 'button', class: 'danger' }, t('endYes'))
  const no = h('button', { type: 'button' }, t('endNo'))
  const question = h(
    'div',
    { class: 'choice', role: 'alertdialog', 'aria-labelledby': 'question', hidden: true },
    h('p', { id: 'question' }, t('endSure')),
    no,
    yes,
  )
  const again = h('button', { type: 'button', class: 'main' }, t('again'))
  const over = h('div', { class: 'choice', hidden: true }, h('p', {}, t('ended')), again)
  const foot = h('div', {}, composer.node, question, over)

  const node = h(
    'section',
    {
      class: 'panel',
      part: 'panel',
      id: 'panel',
      role: inline ? 'region' : 'dialog',
      'aria-labelledby': 'title',
      hidden: !inline,
    },
    h(
      'header',
      { part: 'header' },
      avatar,
      h('div', { class: 'who' }, title, about),
      h('slot', { name: 'header' }),
      options,
      ...(inline ? [] : [tool('close', 'close', { click: acts.close })]),
      menu,
    ),
    banner,
    h('div', { class: 'middle' }, history.node, history.jump),
    foot,
    h('slot', { name: 'footer' }),
  )

  const setMenu = (open: boolean): void => {
    menu.hidden = !open
    options.setAttribute('aria-expanded', String(open))
    sound.checked = acts.sound()
  }
  const setEnding = (value: boolean): void => {
    ending = value
    showFoot()
    if (value) no.focus()
    else focus()
  }
  const isOver = () => state?.conversation === 'ended' && !restarted
  const showFoot = (): void => {
    const focused = (node.getRootNode() as ShadowRoot).activeElement
    over.hidden = !isOver()
    question.hidden = !ending || isOver()
    composer.node.hidden = !over.hidden || !question.hidden
    if (foot.contains(focused) && focused?.closest('[hidden]') !== null) focus()
  }
  const focus = (): void => {
    if (!over.hidden) again.focus()
    else if (!question.hidden) no.focus()
    else composer.focus()
  }
  const showBanner = (): void => {
    if (state === undefined) return
    const text =
      state.status === 'closed' ? t('unavailable') : gone(state) ? t('lost', { age: lostFor(state, locale) }) : ''
    banner.hidden = text === ''
    write(banner, text)
  }
  const clock = setInterval(showBanner, 1000)

  options.addEventListener('click', () => setMenu(options.getAttribute('aria-expanded') !== 'true'))
  menu.addEventListener('focusout', (event) => {
    const next = event.relatedTarget as Node | null
    if (next !== null && next !== options && !menu.contains(next)) setMenu(false)
  })
  node.addEventListener('pointerdown', (event) => {
    const target = event.target as Node
    if (!menu.contains(target) && !options.contains(target)) setMenu(false)
  })
  end.addEventListener('click', () => {
    setMenu(false)
    setEnding(true)
  })
  no.addEventListener('click', () => setEnding(false))
  yes.addEventListener('click', () => {
    ending = false
    acts.end()
    showFoot()
    focus()
  })
  again.addEventListener('click', () => {
    restarted = true
    showFoot()
    composer.focus()
  })
  // The outline goes when the pointer leaves, and comes back at once where it only went from one child to another.
  for (const name of ['dragover', 'dragleave', 'drop'] as const) {
    node.addEventListener(name, (event) => {
      const files = event.dataTransfer
      const over = files?.types.includes('Files') === true && !composer.node.hidden
      node.classList.toggle('over', over && name === 'dragover')
      if (!over) return
      event.preventDefault()
      if (name === 'drop') composer.add(files.files)
    })
  }

  const render = (next: ChatState | undefined): void => {
    state = next
    if (next?.conversation !== 'ended') restarted = false
    if (next?.conversation !== 'open') ending = false
    const agent = next?.messages.findLast((message) => message.from === 'agent')?.author
    const name = agent ?? heading ?? t('heading')
    write(title, name)
    write(avatar, [...name][0]?.toLocaleUpperCase(locale) ?? '')
    write(about, next?.status === 'connecting' ? t('connecting') : agent == null ? t('intro') : (heading ?? t('intro')))
    end.hidden = next?.conversation !== 'open'
    showBanner()
    history.render(next)
    showFoot()
  }
  render(undefined)

  return {
    node,
    render,
    focus,
    history,
    composer,
    /** What Escape leaves first: the menu, then the question. False when there is nothing left but the panel. */
    back(): boolean {
      if (!menu.hidden) {
        setMenu(false)
        options.focus()
        return true
      }
      if (question.hidden) return false
      setEnding(false)
      return true
    },
    destroy(): void {
      clearInterval(clock)
      history.destroy()
    },
  }
}
