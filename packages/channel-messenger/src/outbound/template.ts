import { wellFormed } from '@guichet/channel-kit'
import { moneyText } from '@guichet/engine/domain'
import type { Json, Part } from '@guichet/engine/ports'

const characters = (text: string): number => Array.from(text).length
const fits = (text: string, limit: number): boolean => text.trim() !== '' && characters(text) <= limit

const template = (payload: { readonly [name: string]: Json }) => ({ attachment: { type: 'template', payload } })

/**
 * An offer as a card or a button with its link, undefined when it does not fit in one: a card has a title and a line of
 * 80 characters each, a button one of 20, above it a text of 640. Source: Meta, "Generic Template", "Button Template".
 */
export const templateFor = (part: Part): { readonly [name: string]: Json } | undefined => {
  if (part._tag === 'PaymentLink') {
    const button = moneyText(part.price)
    if (!fits(part.title, 640) || !fits(button, 20)) return undefined
    const buttons = [{ type: 'web_url', url: part.url, title: button }]
    return template({ template_type: 'button', text: wellFormed(part.title), buttons })
  }
  if (part._tag !== 'Product' || part.url === undefined) return undefined
  const { title, description, price, url } = part
  const subtitle = wellFormed([price && moneyText(price), description].filter((line) => line !== undefined).join('\n'))
  if (!fits(title, 80) || (subtitle !== '' && !fits(subtitle, 80))) return undefined
  const element = {
    title: wellFormed(title),
    ...(subtitle === '' ? {} : { subtitle }),
    default_action: { type: 'web_url', url },
  }
  return template({ template_type: 'generic', elements: [element] })
}
