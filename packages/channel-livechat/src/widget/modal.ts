/** Below this the panel fills the screen: a window over a page has no room. */
const phone = '(max-width: 480px), (max-height: 480px)'

const inertAround = (host: Element): ReadonlyArray<HTMLElement> => {
  const made: HTMLElement[] = []
  for (let node: Node | null = host; node !== null && node !== document.body; ) {
    const parent: Node | null = node.parentNode
    for (const sibling of parent?.childNodes ?? []) {
      if (sibling === node || !(sibling instanceof HTMLElement) || sibling.inert) continue
      sibling.inert = true
      made.push(sibling)
    }
    node = parent instanceof ShadowRoot ? parent.host : parent
  }
  return made
}

/**
 * While open on a phone: the page behind is inert and does not scroll, and the panel follows the visual viewport, because
 * Safari lets its keyboard cover what `100dvh` promised.
 */
export const createModal = (host: Element, panel: HTMLElement) => {
  const query = matchMedia(phone)
  let open = false
  let inert: ReadonlyArray<HTMLElement> = []
  let overflow: string | undefined

  const follow = () => {
    const { visualViewport } = window
    if (visualViewport === null || overflow === undefined) return
    panel.style.setProperty('--height', `${visualViewport.height}px`)
    panel.style.setProperty('--top', `${visualViewport.offsetTop}px`)
  }

  const apply = () => {
    const wanted = open && query.matches
    if (wanted === (overflow !== undefined)) return
    const { style } = document.documentElement
    if (wanted) {
      inert = inertAround(host)
      overflow = style.overflow
      style.overflow = 'hidden'
      panel.setAttribute('aria-modal', 'true')
    } else {
      for (const element of inert) element.inert = false
      inert = []
      style.overflow = overflow ?? ''
      overflow = undefined
      panel.removeAttribute('aria-modal')
      panel.style.removeProperty('--height')
      panel.style.removeProperty('--top')
    }
    follow()
  }

  query.addEventListener('change', apply)
  visualViewport?.addEventListener('resize', follow)
  visualViewport?.addEventListener('scroll', follow)
  const set = (value: boolean) => {
    open = value
    apply()
  }
  return {
    set,
    destroy(): void {
      set(false)
      query.removeEventListener('change', apply)
      visualViewport?.removeEventListener('resize', follow)
      visualViewport?.removeEventListener('scroll', follow)
    },
  }
}
