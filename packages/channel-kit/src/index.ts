/**
 * What every channel that talks HTTP with a provider needs, written once: signatures, readers that never throw, texts
 * in pieces, requests whose outcome is a value, and files from the hosts of a provider alone.
 *
 * @packageDocumentation
 */
export { hmac, type HmacAlgorithm, type SignatureEncoding } from './signature/hmac.ts'
export { sameText } from './signature/same-text.ts'
export { signedByAny } from './signature/signed-by-any.ts'
export { readForm } from './body/read-form.ts'
export { type JsonRead, readJson } from './body/read-json.ts'
export { field, type Step } from './value/field.ts'
export { isDeep } from './value/is-deep.ts'
export { timeAt } from './value/time-at.ts'
export { flagAt, idAt, listAt, numberAt, textAt } from './value/values.ts'
export { graphemesOf } from './text/graphemes.ts'
export type { Measure } from './text/measure.ts'
export { type SplitOptions, splitText } from './text/split-text.ts'
export { wellFormed } from './text/well-formed.ts'
export { download, type DownloadRequest } from './http/download.ts'
export { exchange, type Exchanged, type ExchangeOptions, type ExchangeRequest } from './http/exchange.ts'
export type { AllowedHost } from './http/hosts.ts'
export { retryAfterMs } from './http/retry-after.ts'
