import { h } from './dom.ts'

const candidate = /https?:\/\/[^\s<>"']+/gi

/** What ends a sentence does not belong to the address; a closing bracket does when it was opened inside. */
const trimmed = (found: string): string => {
  let address = found
  for (;;) {
    const last = address.at(-1) ?? ''
    if (/[.,;:!?…»”’\]}]/.test(last) || (last === ')' && !address.includes('('))) address = address.slice(0, -1)
    else return address
  }
}

/** The address if it is one that a reader may be sent to. */
export const safeUrl = (address: string, schemes: RegExp = /^https?:$/): string | undefined => {
  try {
    const url = new URL(address, document.baseURI)
    return schemes.test(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}

/** The text, with its http and https addresses as links that give the page behind them nothing. */
export const linked = (text: string): ReadonlyArray<Node | string> => {
  const nodes: Array<Node | string> = []
  let end = 0
  for (const match of text.matchAll(candidate)) {
    const address = trimmed(match[0])
    const href = safeUrl(address)
    if (href === undefined) continue
    nodes.push(
      text.slice(end, match.index),
      h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, address),
    )
    end = match.index + address.length
  }
  nodes.push(text.slice(end))
  return nodes
}
