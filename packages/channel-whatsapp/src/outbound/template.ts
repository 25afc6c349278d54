import type { Json, ProviderTemplate, TemplateButton, TemplateHeader, TemplateValue } from '@guichet/engine/ports'
import { placesOf } from '../graph/places.ts'
import { placed } from './place.ts'
import type { Piece } from './wire.ts'
import { oneLine, tidy } from './words.ts'

type Parameter = { readonly [name: string]: Json }

/** Source: Meta refuses parameters with line breaks, tabs, or more than four spaces in a row. */
const words = (value: string): string =>
  tidy(value)
    .replace(/\s*[\n\t]\s*/g, ' ')
    .replace(/ {4,}/g, '   ')

const named = (name: string | undefined): Parameter => (name === undefined ? {} : { parameter_name: oneLine(name) })

const valueOf = (value: TemplateValue): Parameter => {
  if (typeof value === 'string') return { type: 'text', text: words(value) }
  switch (value._tag) {
    case 'Text':
      return { type: 'text', ...named(value.name), text: words(value.text) }
    case 'Currency': {
      const { amount, currency: code } = value.price
      const currency = { fallback_value: words(value.text), code, amount_1000: amount * 10 ** (3 - placesOf(code)) }
      return { type: 'currency', ...named(value.name), currency }
    }
    case 'DateTime':
      return { type: 'date_time', ...named(value.name), date_time: { fallback_value: words(value.text) } }
  }
}

const headerOf = (header: TemplateHeader): Parameter => {
  switch (header._tag) {
    case 'Text':
      return { type: 'text', ...named(header.name), text: words(header.text) }
    case 'Media': {
      const { kind, url, filename } = header
      const name = kind === 'document' && filename !== undefined ? { filename: oneLine(filename) } : {}
      return { type: kind, [kind]: { link: url, ...name } }
    }
    case 'Location':
      return { type: 'location', location: placed(header) }
  }
}

/** What a button is called, and what it is given. Source for actions: Meta, "Sending flow templates", "catalog templates". */
const pressed = (button: TemplateButton): { readonly as: string; readonly given?: Parameter } => {
  switch (button._tag) {
    case 'QuickReply':
      return { as: 'quick_reply', given: { type: 'payload', payload: button.payload } }
    case 'Url':
      return { as: 'url', given: { type: 'text', text: button.suffix } }
    case 'CopyCode':
      return { as: 'copy_code', given: { type: 'coupon_code', coupon_code: button.code } }
    case 'Flow':
      return button.token === undefined
        ? { as: 'flow' }
        : { as: 'flow', given: { type: 'action', action: { flow_token: button.token } } }
    case 'Catalog':
      return button.product === undefined
        ? { as: 'catalog' }
        : { as: 'catalog', given: { type: 'action', action: { thumbnail_product_retailer_id: button.product } } }
  }
}

const buttonOf = (button: TemplateButton): Parameter => {
  const { as, given } = pressed(button)
  const parameters = given === undefined ? {} : { parameters: [given] }
  return { type: 'button', sub_type: as, index: String(button.index), ...parameters }
}

/** A template with what is filled into it; components that need nothing are not named. */
export const templatePiece = ({ name, language, values, header, buttons = [] }: ProviderTemplate): Piece => {
  const components = [
    ...(header === undefined ? [] : [{ type: 'header', parameters: [headerOf(header)] }]),
    ...(values.length === 0 ? [] : [{ type: 'body', parameters: values.map(valueOf) }]),
    ...buttons.map(buttonOf),
  ]
  return { content: { type: 'template', template: { name, language: { code: language }, components } } }
}
