/** The innermost reasons of a failed request: the causes of causes, and each attempt where several were made. */
const rootsOf = (error: unknown, depth = 0): ReadonlyArray<Readonly<Record<string, unknown>>> => {
  if (typeof error !== 'object' || error === null) return []
  const { cause, errors } = error as { readonly cause?: unknown; readonly errors?: unknown }
  const inner = depth > 8 ? [] : Array.isArray(errors) ? errors : cause === undefined ? [] : [cause]
  const roots = inner.flatMap((one) => rootsOf(one, depth + 1))
  return roots.length > 0 ? roots : [error as Readonly<Record<string, unknown>>]
}

/** Calls of the system that come before a connection stands. */
const beforeConnected: ReadonlyArray<unknown> = ['connect', 'getaddrinfo']

/** Refused by this side before it writes a request: no connection in time, an answer that is no TLS, a certificate. */
const beforeWritten =
  /^(?:UND_ERR_CONNECT_TIMEOUT|UND_ERR_INVALID_ARG|ENOTFOUND|EAI_\w+|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ERR_INVALID_\w+|ERR_TLS_CERT_\w+|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_UNSUPPORTED_PROTOCOL|ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION|ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE|ERR_SSL_SSL\/TLS_ALERT_HANDSHAKE_FAILURE|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|HOSTNAME_MISMATCH|INVALID_CA)$/

/** Said without a code by Node's TLS, and by its fetch of what it does not even try. */
const saidBefore = /^(?:Client network socket disconnected before secure TLS|bad port$|unknown scheme$)/

const wasBefore = ({ code, syscall, message }: Readonly<Record<string, unknown>>): boolean =>
  beforeConnected.includes(syscall) ||
  (typeof code === 'string' && beforeWritten.test(code)) ||
  (typeof message === 'string' && saidBefore.test(message))

/** Whether nothing can have been written when this happened: then, whatever was asked has not been done. */
export const nothingWritten = (error: unknown): boolean => {
  const roots = rootsOf(error)
  return roots.length > 0 && roots.every(wasBefore)
}

/** What went wrong, in one line. Messages that may repeat the address, and with it what is secret in it, are left out. */
export const reasonOf = (error: unknown): string => {
  const [root] = rootsOf(error)
  if (root === undefined) return 'the request failed'
  const { name, code, message } = root
  if (typeof code !== 'string') return name === 'TypeError' ? 'the request failed' : lineOf(message ?? name)
  return String(message).includes(code) ? lineOf(message) : `${code}: ${lineOf(message)}`
}

const lineOf = (text: unknown): string => String(text).replaceAll(/\s+/g, ' ').trim().slice(0, 200)
