import type { ChatState } from '../client/types.ts'
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

const age = (since: number, locale: string): string => {
  const seconds = Math.max(0, Math.round((Date.now() - since) / 1000))
  const [unit, amount] = seconds < 60 ? ['second', seconds] : ['minute', Math.floor(seconds / 60)]
  return new Intl.NumberFormat(locale, { style: 'unit', unit: unit as string }).format(amount as number)
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
  const sound = h('button', { type: 'button', role: 'switch' }, t('sound'), h('i', { class: 'knob' }))
  const end = h('button', { type: 'button' }, t('end'))
  const menu = h('div', { class: 'menu', id: 'menu', hidden: true }, sound, end)
  const banner = h('div', { class: 'banner', hidden: true })
  const history = createHistory(language, (id) => {
    acts.retry(id)
    composer.focus()
  }, acts.reached)
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
  const drop = h('div', { class: 'drop', 'aria-hidden': 'true', hidden: true }, t('drop'))

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
    composer.node,
    question,
    over,
    h('slot', { name: 'footer' }),
    drop,
  )

  const setMenu = (open: boolean): void => {
    menu.hidden = !open
    options.setAttribute('aria-expanded', String(open))
    sound.setAttribute('aria-checked', String(acts.sound()))
  }
  const setEnding = (value: boolean): void => {
    ending = value
    showFoot()
    if (value) no.focus()
    else focus()
  }
  const isOver = () => state?.conversation === 'ended' && !restarted
  const showFoot = (): void => {
    const hadFocus = [composer.node, question, over].some((foot) => foot.contains(active()))
    over.hidden = !isOver()
    question.hidden = !ending || isOver()
    composer.node.hidden = !over.hidden || !question.hidden
    if (hadFocus && active()?.closest('[hidden]') !== null) focus()
  }
  const active = () => (node.getRootNode() as ShadowRoot).activeElement
  const focus = (): void => {
    if (!over.hidden) again.focus()
    else if (!question.hidden) no.focus()
    else composer.focus()
  }
  const showBanner = (): void => {
    if (state === undefined) return
    const { status, lostAt } = state
    const lost = status === 'reconnecting' || status === 'offline'
    const text = status === 'closed' ? t('unavailable') : lost ? (lostAt === undefined ? t('lostNow') : t('lost', { age: age(lostAt, locale) })) : ''
    banner.hidden = text === ''
    write(banner, text)
  }
  const clock = setInterval(showBanner, 1000)

  options.addEventListener('click', () => setMenu(menu.hidden))
  menu.addEventListener('focusout', (event) => {
    const next = event.relatedTarget as Node | null
    if (next !== null && next !== options && !menu.contains(next)) setMenu(false)
  })
  node.addEventListener('pointerdown', (event) => {
    const target = event.target as Node
    if (!menu.contains(target) && !options.contains(target)) setMenu(false)
  })
  sound.addEventListener('click', () => {
    acts.toggleSound()
    setMenu(true)
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
  const dragged = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true && !composer.node.hidden
  node.addEventListener('dragover', (event) => {
    if (!dragged(event)) return
    event.preventDefault()
    drop.hidden = false
  })
  drop.addEventListener('dragleave', () => {
    drop.hidden = true
  })
  node.addEventListener('drop', (event) => {
    if (!dragged(event)) return
    event.preventDefault()
    drop.hidden = true
    composer.add(event.dataTransfer?.files ?? [])
    composer.focus()
  })

  const render = (next: ChatState | undefined): void => {
    const before = state
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
    if (next !== undefined && before !== next) history.render(next)
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
