import { describe, expect, test } from 'vitest'
import { nothingWritten, reasonOf } from '../src/http/cause.ts'

const coded = (code: string, message = code): Error => Object.assign(new Error(message), { code })
const failed = (cause: unknown): Error => new TypeError('fetch failed', { cause })

describe('why a request failed', () => {
  test.each([
    'ENOTFOUND',
    'EAI_AGAIN',
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'UND_ERR_CONNECT_TIMEOUT',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ])('%s comes before anything is written', (code) => {
    expect(nothingWritten(failed(coded(code)))).toBe(true)
    expect(nothingWritten(coded(code))).toBe(true)
  })

  test.each([
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'UND_ERR_SOCKET',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
    'HPE_INVALID_CONSTANT',
    'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC',
    'ENOTFOUND_ELSEWHERE',
  ])('%s may come after', (code) => {
    expect(nothingWritten(failed(coded(code)))).toBe(false)
  })

  test('is before anything was written when that is so of every attempt', () => {
    const refused = coded('ECONNREFUSED')
    const connecting = Object.assign(coded('ETIMEDOUT'), { syscall: 'connect' })
    expect(nothingWritten(failed(new AggregateError([refused, connecting])))).toBe(true)
    expect(nothingWritten(failed(new AggregateError([refused, coded('ECONNRESET')])))).toBe(false)
    expect(nothingWritten(failed(new AggregateError([])))).toBe(false)
  })

  test('is said in one short line', () => {
    expect(reasonOf(failed(coded('X_ONE', `a\n  b${'c'.repeat(500)}`)))).toMatch(/^X_ONE: a bc{190,}$/)
    expect(reasonOf(failed(coded('X_ONE', 'read X_ONE')))).toBe('read X_ONE')
  })

  test('is found in causes that lead to themselves', () => {
    const error = new Error('round')
    error.cause = error
    expect(nothingWritten(error)).toBe(false)
    expect(reasonOf(error)).toBe('round')
  })
})
