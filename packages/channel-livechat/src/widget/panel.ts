import type { ChatState } from '../client/types.ts'
import { gone, lostFor } from './announcer.ts'
import { type ComposerActs, createComposer } from './composer.ts'
import { button, h, write } from './dom.ts'
import { createHistory } from './history.ts'
import type { PartActs } from './part-view.ts'
import type { Language } from './translate.ts'

export interface PanelActs extends ComposerActs, Omit<PartActs, 'done'> {
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
  const { t } = language
  let ending = false
  let restarted = false
  let state: ChatState | undefined

  const title = h('h2', { id: 'title', dir: 'auto' })
  const about = h('p', { dir: 'auto' })
  const avatar = h('div', { class: 'avatar', 'aria-hidden': 'true' })
  const options = button('tool', t('options'), 'more', () => setMenu(menu.hidden === true))
  const sound = h('input', { type: 'checkbox', role: 'switch', change: acts.toggleSound })
  const end = h(
    'button',
    {
      click: () => {
        setMenu(false)
        setEnding(true)
      },
    },
    t('end'),
  )
  const menu = h('div', { class: 'menu' }, h('label', {}, t('sound'), sound), end)
  const banner = h('div', { class: 'banner', hidden: true })
  const history = createHistory(
    language,
    (id) => {
      acts.retry(id)
      composer.focus()
    },
    acts.reached,
    { ...acts, done: () => composer.focus() },
  )
  const composer = createComposer(language, acts)
  /** Stands in the place of the composer: the question before the end, and what is left after it. */
  const question = h('p', { id: 'question' })
  const no = h('button', { click: () => setEnding(false) }, t('endNo'))
  const yes = h('button', {
    click: () => {
      if (ending) acts.end()
      else restarted = true
      setEnding(false)
    },
  })
  const choice = h('div', { class: 'choice', role: 'group', 'aria-labelledby': 'question' }, question, no, yes)
  const foot = h('div', {}, composer.node, choice)

  const leaveMenu = ({ target }: Event) => {
    if (!menu.contains(target as Node) && !options.contains(target as Node)) setMenu(false)
  }
  const drag = (event: DragEvent) => {
    const files = event.dataTransfer
    const over = files !== null && files.types.includes('Files') && !composer.node.hidden
    // The outline goes when the pointer leaves, and comes back at once where it only went from one child to another.
    node.classList.toggle('over', over && event.type === 'dragover')
    if (!over) return
    event.preventDefault()
    if (event.type === 'drop') composer.add(files.files)
  }

  const node = h(
    'section',
    {
      class: 'panel',
      part: 'panel',
      id: 'panel',
      role: inline ? 'region' : 'dialog',
      'aria-labelledby': 'title',
      hidden: !inline,
      pointerdown: leaveMenu,
      focusin: leaveMenu,
      dragover: drag,
      dragleave: drag,
      drop: drag,
    },
    h(
      'header',
      { part: 'header', role: 'none' },
      avatar,
      h('div', { class: 'who' }, title, about),
      h('slot', { name: 'header' }),
      options,
      menu,
      ...(inline ? [] : [button('tool', t('close'), 'close', acts.close)]),
    ),
    banner,
    h('div', { class: 'middle' }, history.node, history.jump),
    foot,
    h('slot', { name: 'footer' }),
  )

  const setMenu = (open: boolean): void => {
    menu.hidden = !open
    options.ariaExpanded = String(open)
    sound.checked = acts.sound()
  }
  const showFoot = (): void => {
    const focused = (node.getRootNode() as ShadowRoot).activeElement
    const over = state?.conversation === 'ended' && !restarted
    composer.node.hidden = over || ending
    choice.hidden = !composer.node.hidden
    no.hidden = over
    write(question, t(over ? 'ended' : 'endSure'))
    write(yes, t(over ? 'again' : 'endYes'))
    if (foot.contains(focused) && focused?.closest('[hidden]')) focus()
  }
  const focus = (): void => {
    if (choice.hidden) composer.focus()
    else (no.hidden ? yes : no).focus()
  }
  const setEnding = (value: boolean): void => {
    ending = value
    showFoot()
    focus()
  }
  const showBanner = (): void => {
    if (!state) return
    const text =
      state.status === 'closed' ? t('unavailable') : gone(state) ? t('lost', { age: lostFor(state, language) }) : ''
    banner.hidden = text === ''
    write(banner, text)
  }
  const clock = setInterval(showBanner, 1000)

  const render = (next: ChatState | undefined): void => {
    state = next
    if (next?.conversation !== 'ended') restarted = false
    if (next?.conversation !== 'open') ending = false
    const agent = next?.messages.findLast((message) => message.from === 'agent')?.author
    const name = agent ?? heading ?? t('heading')
    write(title, name)
    write(avatar, [...name][0] ?? '')
    write(about, agent && heading ? heading : t('intro'))
    end.hidden = next?.conversation !== 'open'
    composer.attach.hidden = !next?.limits.maxFiles
    showBanner()
    history.render(next)
    showFoot()
  }
  setMenu(false)
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
      } else if (ending) setEnding(false)
      else return false
      return true
    },
    destroy(): void {
      clearInterval(clock)
      history.destroy()
    },
  }
}
