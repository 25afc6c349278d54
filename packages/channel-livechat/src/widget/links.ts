import { h } from './dom.ts'

/** What ends a sentence does not belong to the address; a pair of brackets within it does. */
const address = /https?:\/\/(?:\([^\s()]*\)|[^\s<>"'()])*(?:\([^\s()]*\)|[^\s<>"'().,;:!?…»”’\]}])/gi

/** The address if it is one that a reader may be sent to. */
export const safeUrl = (text: string, schemes: RegExp = /^https?:$/): string | undefined => {
  try {
    const url = new URL(text, document.baseURI)
    return schemes.test(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}

/** The text, with its http and https addresses as links that give the page behind them nothing. */
export const linked = (text: string): ReadonlyArray<Node | string> => {
  const nodes: Array<Node | string> = []
  let end = 0
  for (const { 0: found, index } of text.matchAll(address)) {
    const href = safeUrl(found)
    if (href === undefined) continue
    nodes.push(text.slice(end, index), h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, found))
    end = index + found.length
  }
  nodes.push(text.slice(end))
  return nodes
}
