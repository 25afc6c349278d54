import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hmac } from '../src/index.ts'
import { graphError, metaHandshake, metaSigned } from '../src/meta/index.ts'

const asked = (query: Readonly<Record<string, string>>, method = 'GET') => ({
  method,
  url: `https://example.com/receive/acme?${new URLSearchParams(query)}`,
})
const question = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': 'meatyhamhock' }

describe("Meta's question whether an address is ours", () => {
  test('is answered with the challenge as it was given, as plain text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 1 }), (challenge, token) => {
        const query = { ...question, 'hub.challenge': challenge, 'hub.verify_token': token }
        expect(metaHandshake(asked(query), ['another', token])).toMatchObject({
          status: 200,
          headers: { 'content-type': 'text/plain' },
          body: challenge,
        })
      }),
    )
  })

  test.each<[what: string, query: Readonly<Record<string, string>>, tokens: ReadonlyArray<string>]>([
    ['another token', question, ['another']],
    ['no token of ours', question, []],
    ['an empty token', { ...question, 'hub.verify_token': '' }, ['']],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }, ['meatyhamhock']],
    ['no challenge', { 'hub.mode': 'subscribe', 'hub.verify_token': 'meatyhamhock' }, ['meatyhamhock']],
    ['another mode', { ...question, 'hub.mode': 'unsubscribe' }, ['meatyhamhock']],
  ])('is refused with %s, and the challenge is not said', (_, query, tokens) => {
    expect(metaHandshake(asked(query), tokens)).toEqual({ status: 403 })
  })

  test('is none of the other requests', () => {
    expect(metaHandshake(asked(question, 'POST'), ['meatyhamhock'])).toBeUndefined()
    expect(metaHandshake(asked({ page: '2' }), ['meatyhamhock'])).toBeUndefined()
    expect(metaHandshake({ method: 'GET', url: 'http://[' }, ['meatyhamhock'])).toBeUndefined()
  })
})

describe("Meta's signature", () => {
  const signed = (body: Uint8Array, signature: string) => ({ body, headers: { 'x-hub-signature-256': signature } })

  test('is that of the published example of this header', () => {
    const body = new TextEncoder().encode('Hello, World!')
    const given = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'
    expect(metaSigned(signed(body, `sha256=${given}`), ["It's a Secret to Everybody"])).toBe(true)
    expect(metaSigned(signed(body, `sha256=${given.toUpperCase()}`), ["It's a Secret to Everybody"])).toBe(true)
  })

  test('fits any of several secrets over exactly these bytes, and nothing else', () => {
    const secret = fc.string({ minLength: 1, unit: 'grapheme-ascii' })
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), secret, secret, fc.nat(), (body, ours, other, at) => {
        const given = `sha256=${hmac('sha256', ours, body, 'hex')}`
        expect(metaSigned(signed(body, given), [other, ours])).toBe(true)
        expect(metaSigned(signed(body, given), ours === other ? [] : [other])).toBe(false)
        const changed = Uint8Array.from(body, (byte, place) => (place === at % body.length ? byte ^ 1 : byte))
        expect(metaSigned(signed(changed, given), [other, ours])).toBe(false)
      }),
    )
  })

  test.each([
    ['none', undefined],
    ['an empty one', ''],
    ['half of one', `sha256=${'a'.repeat(63)}`],
    ['more than one', `sha256=${'a'.repeat(65)}`],
    ['digits that are none', `sha256=${'g'.repeat(64)}`],
    ['the older kind', `sha1=${'a'.repeat(40)}`],
    ['a line behind it', `sha256=${'a'.repeat(64)}\n`],
  ])('is refused when it is %s', (_, given) => {
    const headers: Record<string, string> = given === undefined ? {} : { 'x-hub-signature-256': given }
    expect(metaSigned({ body: new Uint8Array(), headers }, ['secret'])).toBe(false)
  })
})

describe('an error of the Graph API', () => {
  test('is read whole', () => {
    const error = {
      message: 'Message failed to send because more than 24 hours have passed',
      type: 'OAuthException',
      code: 131_047,
      error_subcode: 2_494_055,
      error_data: { messaging_product: 'whatsapp', details: 'Re-engagement message' },
      is_transient: true,
      fbtrace_id: 'Az8or2yhqkZfEZ-_4Qn_Bam',
    }
    expect(graphError({ error })).toEqual({
      code: 131_047,
      subcode: 2_494_055,
      message: error.message,
      details: 'Re-engagement message',
      transient: true,
      traceId: 'Az8or2yhqkZfEZ-_4Qn_Bam',
    })
  })

  test.each<[what: string, fields: Readonly<Record<string, unknown>>, details: string | undefined]>([
    ['a text', { error_data: 'Parameter value is not valid' }, 'Parameter value is not valid'],
    ['not there and they stand beside it', { details: 'Expired' }, 'Expired'],
    ['JSON in a text', { error_data: '{"details":"Not valid"}' }, 'Not valid'],
    ['nothing, but there are words for users', { error_user_msg: 'Try again' }, 'Try again'],
    ['an empty text', { error_data: '' }, undefined],
    ['nothing', {}, undefined],
  ])('has its details where error_data is %s', (_, fields, details) => {
    expect(graphError({ error: { code: 100, message: 'Invalid', ...fields } })?.details).toBe(details)
  })

  test('is read in the lists of webhooks as well', () => {
    const inList = { code: 131_026, title: 'Message undeliverable', error_data: { details: 'No such user' } }
    expect(graphError(inList)).toEqual({
      code: 131_026,
      message: 'Message undeliverable',
      details: 'No such user',
      transient: false,
    })
  })

  test('is none without a code, and whatever is given it does not throw', () => {
    expect(graphError({ error: { message: 'no code' } })).toBeUndefined()
    expect(graphError({ error: 'broken' })).toBeUndefined()
    fc.assert(
      fc.property(fc.anything(), (error) => {
        expect([undefined, 'number']).toContain(graphError({ error }) && typeof graphError({ error })?.code)
      }),
    )
  })
})
