import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hmac, sameText, signedByAny } from '../src/index.ts'

const anyText = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) })

describe('two texts', () => {
  test('are the same exactly when they are equal, whatever their lengths', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(sameText(a, b)).toBe(a === b)
      }),
    )
    fc.assert(
      fc.property(anyText, (a) => {
        expect(sameText(a, a.split('').join(''))).toBe(true)
      }),
    )
  })

  test('of lone surrogates that differ are not the same', () => {
    expect(sameText('\ud800', '\ud801')).toBe(false)
  })
})

describe('an HMAC', () => {
  test.each([
    ['RFC 2202, 3: test case 2', 'sha1', 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'],
    ['RFC 2202, 2: test case 2', 'md5', '750c783e6ab0b503eaa86e310a5db738'],
    ['RFC 4231, 4.3', 'sha256', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
    [
      'RFC 4231, 4.3',
      'sha512',
      '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
    ],
  ] as const)('is that of %s (%s)', (_, algorithm, expected) => {
    const data = 'what do ya want for nothing?'
    expect(hmac(algorithm, 'Jefe', data, 'hex')).toBe(expected)
    expect(hmac(algorithm, Buffer.from('Jefe'), Buffer.from(data), 'hex')).toBe(expected)
    expect(hmac(algorithm, 'Jefe', data, 'base64')).toBe(Buffer.from(expected, 'hex').toString('base64'))
    expect(hmac(algorithm, 'Jefe', data, 'base64url')).toBe(Buffer.from(expected, 'hex').toString('base64url'))
  })

  test('is that of the example in the documentation of Twilio', () => {
    const signed =
      'https://mycompany.com/myapp.php?foo=1&bar=2' +
      'CallSidCA1234567890ABCDECaller+14158675309Digits1234From+14158675309To+18005551212'
    expect(hmac('sha1', '12345', signed, 'base64')).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=')
  })
})

describe('a signature', () => {
  const secret = fc.string({ minLength: 1 })
  const sign = (data: string) => (key: string) => hmac('sha256', key, data, 'hex')

  test('fits when any of the secrets made it, and only then', () => {
    fc.assert(
      fc.property(fc.uniqueArray(secret, { minLength: 1 }), secret, anyText, (secrets, other, data) => {
        for (const one of secrets) expect(signedByAny(secrets, sign(data), sign(data)(one))).toBe(true)
        const strangers = secrets.filter((one) => one !== other)
        // Keys that are the same but for zeros at the end sign alike: an HMAC fills them up with zeros.
        fc.pre(strangers.every((one) => sign(data)(one) !== sign(data)(other)))
        expect(signedByAny(strangers, sign(data), sign(data)(other))).toBe(false)
      }),
    )
  })

  test('is tried with all secrets, also when the first one fits', () => {
    const tried: Array<string> = []
    const make = (key: string): string => {
      tried.push(key)
      return key
    }
    expect(signedByAny(['a', 'b', 'c'], make, 'a')).toBe(true)
    expect(tried).toEqual(['a', 'b', 'c'])
  })

  test('never fits when there is none, when there are no secrets, or when a secret is empty', () => {
    expect(signedByAny(['a'], sign('x'), undefined)).toBe(false)
    expect(signedByAny([], sign('x'), sign('x')('a'))).toBe(false)
    expect(signedByAny([''], sign('x'), sign('x')(''))).toBe(false)
  })
})
