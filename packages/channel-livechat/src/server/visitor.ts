import type { SessionRequest } from '../protocol/frames.ts'

const browsers: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//, 'Safari'],
]

const systems: ReadonlyArray<readonly [RegExp, string]> = [
  [/\b(?:iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows NT\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** What a user agent says of itself, as far as it helps whoever answers. Order matters: most claim to be another. */
export const agentOf = (userAgent: string): { readonly browser?: string; readonly os?: string } => {
  const line = userAgent.slice(0, 512)
  const found = browsers
    .map(([shape, name]) => ({ name, major: shape.exec(line)?.[1] }))
    .find((b) => b.major !== undefined)
  const os = systems.find(([shape]) => shape.test(line))?.[1]
  return {
    ...(found === undefined ? {} : { browser: `${found.name} ${found.major}` }),
    ...(os === undefined ? {} : { os }),
  }
}

const secretName = /token|secret|passw|pwd|auth|credential|key|sess|sid$|sig$|signature|jwt|otp|^code$|^state$|^pin$/i

/** A page's address without what could be used: credentials, the fragment, and parameters that are named like secrets. */
export const cleanUrl = (address: string, max = 512): string | undefined => {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
  url.username = ''
  url.password = ''
  url.hash = ''
  for (const name of new Set(url.searchParams.keys())) if (secretName.test(name)) url.searchParams.delete(name)
  return url.href.length <= max ? url.href : `${url.origin}${url.pathname}`.slice(0, max)
}

const locale = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/

export const languageOf = (request: SessionRequest): string | undefined =>
  request.locale !== undefined && locale.test(request.locale) ? request.locale : undefined

/** What is known of a visitor without asking him. Everything but the address is his own word. */
export const attributesOf = (
  request: SessionRequest,
  about: { readonly userAgent: string; readonly ip: string },
): Readonly<Record<string, string>> => {
  const { browser, os } = agentOf(about.userAgent)
  const known: ReadonlyArray<readonly [string, string | undefined]> = [
    ['browser', browser],
    ['os', os],
    ['page', request.page?.url === undefined ? undefined : cleanUrl(request.page.url)],
    ['pageTitle', request.page?.title],
    ['referrer', request.page?.referrer === undefined ? undefined : cleanUrl(request.page.referrer)],
    ['timezone', request.tz !== undefined && /^[A-Za-z0-9_+\-/]+$/.test(request.tz) ? request.tz : undefined],
    ['screen', request.screen !== undefined && /^\d{1,5}x\d{1,5}$/.test(request.screen) ? request.screen : undefined],
    ['ip', about.ip === '' ? undefined : about.ip],
  ]
  return Object.fromEntries(known.filter((entry): entry is readonly [string, string] => entry[1] !== undefined))
}
