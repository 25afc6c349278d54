/** Below this the panel fills the screen: a window over a page has no room. The style sheet says the same. */
const phone = '(max-width: 480px), (max-height: 480px)'

/** Everything of the page but the host and what contains it; gives back what it has made inert. */
const inertAround = (host: Element): ReadonlyArray<HTMLElement> => {
  const made: HTMLElement[] = []
  for (let node: Element | null = host; node !== null && node !== document.body; ) {
    const parent: ParentNode | null = node.parentNode
    for (const sibling of parent?.children ?? []) {
      const element = sibling as HTMLElement
      if (element === node || element.inert) continue
      element.inert = true
      made.push(element)
    }
    node = parent instanceof ShadowRoot ? parent.host : (parent as Element | null)
  }
  return made
}

/** While open on a phone the page behind is inert and does not scroll. */
export const createModal = (host: Element, panel: HTMLElement) => {
  const query = matchMedia(phone)
  const { style } = document.documentElement
  let open = false
  let release: (() => void) | undefined

  const apply = () => {
    if (open && query.matches) {
      if (release) return
      const inert = inertAround(host)
      const { overflow } = style
      style.overflow = 'hidden'
      panel.ariaModal = 'true'
      release = () => {
        for (const element of inert) element.inert = false
        style.overflow = overflow
        panel.ariaModal = null
      }
    } else {
      release?.()
      release = undefined
    }
  }
  /** Safari lets its keyboard cover what `100dvh` promised: the panel follows what can be seen. */
  const follow = () => {
    panel.style.setProperty('--height', `${visualViewport?.height}px`)
    panel.style.setProperty('--top', `${visualViewport?.offsetTop}px`)
  }

  const stop = new AbortController()
  const { signal } = stop
  query.addEventListener('change', apply, { signal })
  for (const name of ['resize', 'scroll']) visualViewport?.addEventListener(name, follow, { signal })
  const set = (value: boolean) => {
    open = value
    apply()
  }
  return {
    set,
    destroy(): void {
      set(false)
      stop.abort()
    },
  }
}
