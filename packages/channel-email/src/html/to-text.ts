import { compile } from 'html-to-text'

const convert = compile({
  wordwrap: false,
  limits: { maxDepth: 200, maxInputLength: 1_500_000 },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'h2', options: { uppercase: false } },
    { selector: 'h3', options: { uppercase: false } },
    { selector: 'h4', options: { uppercase: false } },
    { selector: 'h5', options: { uppercase: false } },
    { selector: 'h6', options: { uppercase: false } },
    { selector: 'table', options: { uppercaseHeaderCells: false } },
  ],
})

/** The words of sanitised HTML, with links in brackets behind their text. */
export const htmlToText = (sanitised: string): string => convert(sanitised).trim()
