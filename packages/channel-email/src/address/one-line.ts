// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const breaking = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g
// Invisible characters that turn text around or hide it: no name or subject needs them.
const invisible = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * Text as one line of a header may carry it: every run of line breaks and control characters is one space, so that
 * nothing in it can begin a new header. Cut to a length in characters.
 */
export const oneLine = (text: string, max: number): string =>
  text
    .slice(0, max * 2)
    .replace(breaking, ' ')
    .replace(invisible, '')
    .replace(loneSurrogate, '\ufffd')
    .trim()
    .slice(0, max)
    .replace(loneSurrogate, '')
