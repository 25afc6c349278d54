import sanitizeHtml from 'sanitize-html'

const maxLength = 500_000
const maxOpen = 5_000
const voids = new Set([
  'br',
  'hr',
  'img',
  'wbr',
  'col',
  'meta',
  'link',
  'input',
  'area',
  'base',
  'embed',
  'source',
  'track',
  'param',
])

/**
 * Whether HTML can be worked on without holding everybody else up: at most 500,000 characters and 5,000 elements open
 * at once (the parser's time grows with the square of that). What is beyond stays a file.
 */
export const isWorkable = (html: string): boolean => {
  if (html.length > maxLength) return false
  let open = 0
  for (const [, closing, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]{0,15})/gi)) {
    if (voids.has(name.toLowerCase())) continue
    open += closing === '' ? 1 : open > 0 ? -1 : 0
    if (open > maxOpen) return false
  }
  return true
}

const tags = [
  'a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn',
  'div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s',
  'samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr',
]
  .join(' ')
  .split(' ')

/** Elements whose text is no text of the message: it goes with them. */
const withTheirText = [
  'script style textarea option select noscript xmp title iframe frame frameset noembed noframes plaintext template',
  'svg math object applet embed head template',
]
  .join(' ')
  .split(' ')

const remote = /^https?:\/\//i
// A relative link in a mail leads to wherever the reader happens to be.
const absolute = /^(?:https?:\/\/|mailto:|tel:)/i

/**
 * Remote pictures tell their sender when and where a mail is read. The address moves to `data-remote-src`, where a
 * reader can ask for it; nothing loads by itself. Pictures of the mail itself (`cid:`) stay.
 */
const picture = (tagName: string, given: sanitizeHtml.Attributes): sanitizeHtml.Tag => {
  const { src, 'data-remote-src': kept, ...attribs } = given
  const away = [src, kept].find((url) => url !== undefined && remote.test(url.trim()))
  if (away !== undefined) return { tagName, attribs: { ...attribs, 'data-remote-src': away.trim() } }
  return { tagName, attribs: src !== undefined && /^\s*cid:/i.test(src) ? { ...attribs, src: src.trim() } : attribs }
}

const link = (tagName: string, { href, title }: sanitizeHtml.Attributes): sanitizeHtml.Tag => ({
  tagName,
  attribs:
    href === undefined || !absolute.test(href.trim())
      ? {}
      : {
          href: href.trim(),
          ...(title === undefined ? {} : { title }),
          target: '_blank',
          rel: 'noopener noreferrer nofollow',
        },
})

const options: sanitizeHtml.IOptions = {
  allowedTags: tags,
  nonTextTags: withTheirText,
  disallowedTagsMode: 'discard',
  allowedAttributes: {
    '*': ['dir', 'lang', 'align', 'valign', 'title'],
    a: ['href', 'target', 'rel'],
    img: ['src', 'data-remote-src', 'alt', 'width', 'height'],
    table: ['width', 'border', 'cellpadding', 'cellspacing', 'bgcolor'],
    td: ['width', 'height', 'colspan', 'rowspan', 'bgcolor'],
    th: ['width', 'height', 'colspan', 'rowspan', 'bgcolor', 'scope'],
    tr: ['height', 'bgcolor'],
    col: ['width', 'span'],
    colgroup: ['width', 'span'],
    font: ['color', 'face', 'size'],
    ol: ['start', 'type'],
    li: ['value'],
    time: ['datetime'],
    blockquote: ['type'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['cid', 'http', 'https'] },
  allowedSchemesAppliedToAttributes: ['href', 'src', 'cite', 'data-remote-src'],
  allowProtocolRelative: false,
  transformTags: { a: link, img: picture },
  nestingLimit: 120,
  parseStyleAttributes: false,
}

/** A text as it stands in HTML, also within the quotes of an attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? '')

/** Plain text as HTML that shows it as it is. */
export const textAsHtml = (text: string): string => `<div>${escapeHtml(text).replace(/\r\n|\r|\n/g, '<br />')}</div>`

const passes = 4

/**
 * HTML from an allow-list: words, tables, lists, links and pictures of the mail itself. No script, style, form, frame,
 * SVG or MathML; links only to http(s), mailto and tel. A second look must find nothing more to do: what a parser
 * reads differently the second time is where filters are deceived, and such HTML is shown as text.
 * So `sanitise(sanitise(html)) === sanitise(html)`.
 *
 * @example
 * ```ts
 * import { sanitise } from '@guichet/channel-email'
 *
 * console.log(sanitise('<p onclick="steal()">Hello <script>steal()</script><b>you</b></p>'))
 * console.log(sanitise('<img src="https://tracker.example/p.gif">'))
 * ```
 *
 * ```text
 * <p>Hello <b>you</b></p>
 * <img data-remote-src="https://tracker.example/p.gif" />
 * ```
 */
export const sanitise = (html: string): string => {
  let clean = html.replaceAll('\u0000', '')
  for (let pass = 0; pass < passes; pass++) {
    const again = sanitizeHtml(clean, options)
    if (again === clean) return clean
    clean = again
  }
  return textAsHtml(clean)
}
