type Attributes = Readonly<Record<string, string | boolean | number | undefined | ((event: never) => void)>> & {
  /** A style attribute is refused by a strict content security policy: use `style.setProperty`. */
  readonly style?: never
}

/** Makes an element by DOM calls only: a function listens to the event of that name, `true` is an empty attribute. */
export const h = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: ReadonlyArray<Node | string>
): HTMLElementTagNameMap[Name] => {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(key, value as EventListener)
    else if (value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : String(value))
  }
  node.append(...children)
  return node
}

/** Leaves a text that is already there alone, so that a selection in it survives a render. */
export const write = (node: Node, text: string): void => {
  if (node.textContent !== text) node.textContent = text
}

const svg = 'http://www.w3.org/2000/svg'

/** Icons on a grid of 24, drawn with a stroke in the colour of the text. */
const paths = {
  chat: 'M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.8A8.4 8.4 0 1 1 21 11.5Z',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M12 19V5M5 12l7-7 7 7',
  clip: 'M20 11l-8 8a5 5 0 0 1-7-7l8-8a3.5 3.5 0 0 1 5 5l-8 8a1.8 1.8 0 0 1-2.5-2.5L15 7',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  file: 'M14 3H6v18h12V7ZM14 3v4h4',
  clock: 'M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  alert: 'M12 8v5M12 16h.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
} as const

export const icon = (name: keyof typeof paths): SVGElement => {
  const node = document.createElementNS(svg, 'svg')
  node.setAttribute('viewBox', '0 0 24 24')
  node.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(svg, 'path')
  path.setAttribute('d', paths[name])
  node.append(path)
  return node
}

/** A button that shows an icon only: its name is for those who do not see it, and for the pointer that rests on it. */
export const button = (
  className: string,
  name: string,
  picture: keyof typeof paths,
  click: (event: Event) => void,
): HTMLButtonElement => h('button', { class: className, 'aria-label': name, title: name, click }, icon(picture))
