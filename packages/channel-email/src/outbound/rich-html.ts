import { answerLabel, moneyText, plainOf } from '@guichet/engine/domain'
import type { RichPart } from '@guichet/engine/ports'
import { escapeHtml } from '../html/sanitise.ts'

/** Only these are opened by a click in a mail. */
const clickable = /^(?:https?:\/\/|mailto:)[^\s"'<>]+$/i

const link = (href: string, label: string): string =>
  clickable.test(href) ? `<a href="${escapeHtml(href)}">${escapeHtml(label)}</a>` : escapeHtml(label)

const lines = (...all: ReadonlyArray<string | undefined>): string => all.filter((line) => line).join('<br />')

/** A frame that every mail program draws, with nothing that one of them would take out. */
const card = (content: string): string =>
  `<table border="1" cellpadding="10" cellspacing="0"><tbody><tr><td>${content}</td></tr></tbody></table>`

const title = (text: string): string => `<b>${escapeHtml(text)}</b>`

const list = (tag: 'ul' | 'ol', items: ReadonlyArray<string>): string =>
  `<${tag}>${items.map((item) => `<li>${item}</li>`).join('')}</${tag}>`

const linkTo = (url: string | undefined): string | undefined => (url === undefined ? undefined : link(url, url))

/** A part beyond words and files as HTML that says the same as its plain text. */
export const richHtml = (part: RichPart): string => {
  switch (part._tag) {
    case 'Form': {
      const { title: name, fields } = part.form
      const questions = fields.map(({ label, choices }) =>
        escapeHtml(choices === undefined ? label : `${label} (${choices.join(' / ')})`),
      )
      return card(`${name === '' ? '' : title(name)}${list('ul', questions)}`)
    }
    case 'FormAnswer':
      return card(
        list(
          'ul',
          Object.entries(part.values).map(([name, value]) => escapeHtml(`${answerLabel(part, name)}: ${value}`)),
        ),
      )
    case 'Choices':
      return list(
        'ol',
        part.choices.map(({ label }) => escapeHtml(label)),
      )
    case 'Chosen':
      return `<p>${escapeHtml(part.label)}</p>`
    case 'Product': {
      const price = part.price && escapeHtml(moneyText(part.price))
      return card(lines(title(part.title), part.description && escapeHtml(part.description), price, linkTo(part.url)))
    }
    case 'PaymentLink':
      return card(lines(title(part.title), escapeHtml(moneyText(part.price)), linkTo(part.url)))
    case 'CompanyDetails':
      return card(lines(title(part.name), ...part.lines.map(escapeHtml), linkTo(part.url)))
    case 'ContactCard':
      return card(
        lines(
          title(part.name),
          part.company && escapeHtml(part.company),
          ...part.emails.map((address) => link(`mailto:${address}`, address)),
          ...part.phones.map(escapeHtml),
        ),
      )
    case 'Location': {
      const { latitude, longitude } = part
      const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`
      const place = part.label && title(part.label)
      return card(lines(place, part.address && escapeHtml(part.address), link(map, `${latitude}, ${longitude}`)))
    }
    case 'ProviderTemplate':
    // What only customers send is words where it is quoted or sent on.
    case 'Order':
    case 'Referral':
    case 'Unsupported':
      return `<p>${escapeHtml(plainOf(part)).replace(/\n/g, '<br />')}</p>`
  }
}
