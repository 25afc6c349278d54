/** What mail programs put before the subject of an answer or a forward, in the languages they speak. */
const prefixes = new Set([
  're',
  'fw',
  'fwd',
  'aw',
  'wg',
  'antw',
  'tr',
  'réf',
  'rép',
  'rv',
  'res',
  'enc',
  'sv',
  'vs',
  'vb',
  'vl',
  'odp',
  'pd',
  'ynt',
  'ilt',
  'atb',
  'ré',
  'r',
  'i',
  'bls',
  'doorst',
  'σχετ',
  'απ',
  'πρθ',
  'ответ',
  'отв',
  'пер',
  'на',
  'vá',
  '回复',
  '答复',
  '回覆',
  '转发',
  '轉寄',
  '返信',
  '転送',
  '답장',
  '전달',
])
const longestPrefix = 12

const withoutPrefix = (subject: string): string | undefined => {
  const head = subject.slice(0, longestPrefix + 8)
  const colon = head.search(/[:：]/)
  if (colon < 1) return undefined
  // `Re[2]:` and `Re (3):` count answers.
  const word = head
    .slice(0, colon)
    .replace(/\s*[[(]\d{1,4}[\])]\s*$/, '')
    .trim()
    .toLowerCase()
  return prefixes.has(word) ? subject.slice(colon + 1).trimStart() : undefined
}

/**
 * The subject without what answers and forwards put around it (RFC 5256 2.1), so that a hundred answers still say
 * `Re:` once. Tags in brackets stay: they belong to the subject.
 */
export const baseSubject = (subject: string): string => {
  let base = subject.trim()
  for (let stripped = withoutPrefix(base); stripped !== undefined; stripped = withoutPrefix(base)) base = stripped
  return base.replace(/\s*\(fwd\)$/i, '')
}

/** The subject of an answer. */
export const replySubject = (subject: string): string => `Re: ${baseSubject(subject)}`.trimEnd()
