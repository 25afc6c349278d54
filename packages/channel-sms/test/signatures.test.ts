import type { WireRequest } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { birdSigned } from '../src/bird/signature.ts'
import { plivoSigned } from '../src/plivo/signature.ts'
import { sinchSigned } from '../src/sinch/signature.ts'
import { telnyxSigned } from '../src/telnyx/signature.ts'
import { twilioSigned } from '../src/twilio/signature.ts'
import type { VonageSignature } from '../src/vonage/settings.ts'
import { vonageSigned } from '../src/vonage/signature.ts'
import { sha256, token as tokenOf } from './support/token.ts'

// Every signature here was made by another implementation than ours (Python's hmac and cryptography), with the secret `secret`,
// two seconds before noon of 22 November 2026.
const at = 1_795_348_798
const now = (at + 2) * 1000

const form = { 'content-type': 'application/x-www-form-urlencoded' }

const request = (
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  method = 'POST',
): WireRequest => ({ method, url, headers, body: new TextEncoder().encode(body) })

describe('a signature of Twilio', () => {
  const fields = new URLSearchParams({
    Body: 'Où est ma commande ?',
    From: '+33612345678',
    MessageSid: 'SM1',
    To: '+14155550100',
  }).toString()
  const signed = (
    url: string,
    signature: string,
    body = fields,
    headers: Readonly<Record<string, string>> = form,
    method = 'POST',
  ) => twilioSigned(request(url, body, { ...headers, 'x-twilio-signature': signature }, method), ['next', 'secret'])

  it('is the one that Twilio publishes', () => {
    const published = new URLSearchParams({
      Digits: '1234',
      To: '+18005551212',
      From: '+14158675309',
      Caller: '+14158675309',
      CallSid: 'CA1234567890ABCDE',
    }).toString()
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2'
    const given = { ...form, 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' }
    expect(twilioSigned(request(url, published, given), ['12345'])).toBe(true)
    expect(twilioSigned(request(`${url}3`, published, given), ['12345'])).toBe(false)
    expect(twilioSigned(request(url, published, given), ['54321', ''])).toBe(false)
  })

  it('counts with the usual port and without it, whichever the address has', () => {
    const bare = 'XKyEMWjZbsMyMVsgTbJTNSuaDRY='
    const usual = 'f3XYPr1n8R/zLQcO349+APkSGw0='
    for (const url of ['https://example.com/hook?a=1', 'https://example.com:443/hook?a=1']) {
      expect([signed(url, bare), signed(url, usual)]).toEqual([true, true])
    }
    const other = 'EZZ3/YYiQBw+fqO4NX178Df40S8='
    expect(signed('https://example.com:8443/hook?a=1', other)).toBe(true)
    expect(signed('https://example.com:8443/hook?a=1', bare)).toBe(true)
    expect(signed('https://example.com/hook?a=1', other)).toBe(false)
  })

  it('counts whichever way an apostrophe in the query is escaped', () => {
    for (const url of ["https://example.com/hook?q=it's", 'https://example.com/hook?q=it%27s']) {
      expect(signed(url, 'ToUf1cU5yFKzS71RBEzHVRY4WEU=')).toBe(true)
      expect(signed(url, 'AEp4akCCMEIJ9SJ8kRVRb8NQWAA=')).toBe(true)
    }
  })

  it('is of the address alone for GET, and what stands behind # is no part of it', () => {
    const url = 'https://example.com/hook?Body=Hi&From=%2B1'
    const signature = 'uuXhVXTTnjhpx0JinoVugLF9jNg='
    expect(signed(url, signature, '', {}, 'GET')).toBe(true)
    expect(signed(`${url}#rc=5`, signature, '', {}, 'GET')).toBe(true)
    expect(signed(`${url}2`, signature, '', {}, 'GET')).toBe(false)
  })

  it('takes each of the values of a name once, sorted', () => {
    const url = 'https://example.com/hook'
    expect(signed(url, '4QPN3ES/paXQz7YkJB52rAD7JQ8=', 'a=1&B=2&B=1&B=2&A=1')).toBe(true)
  })

  it('is of JSON by its digest in the address', () => {
    const digest = 'b4fd85f2ce8bfebc5cbc4a67ac690906953178daf04df41e183024cc01315de4'
    const url = `https://example.com/hook?bodySHA256=${digest}`
    const json = { 'content-type': 'application/json' }
    const signature = '7HZahxJDkWZdJ4GJ1zJdetntMhI='
    expect(signed(url, signature, '{"MessageSid":"SM1"}', json)).toBe(true)
    expect(signed(url, signature, '{"MessageSid":"SM2"}', json)).toBe(false)
    expect(signed('https://example.com/hook', signature, '{"MessageSid":"SM1"}', json)).toBe(false)
  })

  it('is of no body as of nothing, or as of the empty object', () => {
    const nothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    const object = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
    const of = (digest: string) => `https://example.com/hook?bodySHA256=${digest}`
    expect(signed(of(nothing), 'uGToXNaaC3EiUvNZtzsu//QmK90=', '', {})).toBe(true)
    expect(signed(of(object), 'G7SRDyNnVhV4mkVHOrrn88zVTWU=', '', {})).toBe(true)
  })

  it('of a body that nothing has signed is none', () => {
    const signature = 'uuXhVXTTnjhpx0JinoVugLF9jNg='
    expect(
      signed('https://example.com/hook?Body=Hi&From=%2B1', signature, 'From=%2B2', { 'content-type': 'text/plain' }),
    ).toBe(false)
  })
})

describe('a signature of Telnyx', () => {
  // The first key of RFC 8032, 7.1.
  const key = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='
  const signature = 'wkoznc49jFhCDbI4zpZW5d1FMQsiPoILLvlf6NN2UAGgM1FcN6zwIFhmoeBke9HPpqR3BmZT6luw9CCXTfXPAw=='
  const headers = { 'telnyx-timestamp': String(at), 'telnyx-signature-ed25519': signature }
  const hook = request('https://example.com/hook', '{"data":{}}', headers)

  it('is over the time and the body', () => {
    expect(telnyxSigned(hook, ['AAAA', key], now)).toBe(true)
    expect(telnyxSigned({ ...hook, body: new TextEncoder().encode('{"data":[]}') }, [key], now)).toBe(false)
    expect(telnyxSigned({ ...hook, headers: { ...headers, 'telnyx-timestamp': String(at + 1) } }, [key], now)).toBe(
      false,
    )
  })

  it('counts for five minutes', () => {
    expect(telnyxSigned(hook, [key], (at + 300) * 1000)).toBe(true)
    expect(telnyxSigned(hook, [key], (at + 301) * 1000)).toBe(false)
    expect(telnyxSigned(hook, [key], (at - 301) * 1000)).toBe(false)
  })
})

describe('a signature of Vonage', () => {
  const fields = { messageId: '0A01', msisdn: '447700900001', text: 'a=b&c', timestamp: String(at), to: '447700900000' }
  const account = { apiKey: 'k', apiSecret: 's', signatureSecrets: ['next', 'secret'], sender: '+447700900000' }

  it.each([
    ['md5hash', 'b3fd8fbc609f27de00f54ec0f702326e'],
    ['md5', 'e7bc3172d644e203607bf356e84c5aec'],
    ['sha1', 'd0c23a83ff7079b318104419a562601484bb5c4e'],
    ['sha256', 'c8733e6c05e32ae4ca0f8e41f0f62600abc7e6d6b2f444667926472ae460ef88'],
    [
      'sha512',
      '24296df2f172550a24cfbf3fd1d9abfefcc52f66ade4e89f79da89c5f04536e9c9aedb900ff3ed5334ecf0ca851f4b9da41fea8f6cd3f280c318b9291a3633e4',
    ],
  ])('is over the fields, by %s', (method, sig) => {
    const settings = { ...account, signatureMethod: method as VonageSignature }
    for (const given of [sig, sig.toUpperCase()]) {
      const query = new URLSearchParams({ ...fields, sig: given }).toString()
      const hooks = [
        request('https://example.com/hook', query, form),
        request(`https://example.com/hook?${query}`, '', {}, 'GET'),
        request('https://example.com/hook', JSON.stringify({ ...fields, sig: given }), {
          'content-type': 'application/json',
        }),
      ]
      expect(hooks.map((hook) => vonageSigned(hook, settings, now))).toEqual([true, true, true])
      const [, asked] = hooks
      expect(asked && vonageSigned({ ...asked, url: asked.url.replace('0A01', '0A02') }, settings, now)).toBe(false)
      expect(asked && vonageSigned({ ...asked, url: `${asked.url}&text=b` }, settings, now)).toBe(false)
      expect(asked && vonageSigned(asked, settings, now + 86_400_000)).toBe(false)
    }
  })
})

describe('a token of Vonage', () => {
  const account = { apiKey: 'k', apiSecret: 's', signatureSecrets: ['next', 'secret'], sender: '+447700900000' }
  const hook = (claims: object) =>
    request('https://example.com/hook', '{}', {
      authorization: `Bearer ${tokenOf({ payload_hash: sha256('{}'), ...claims }, 'secret')}`,
    })

  it('counts for a day before and after its time', () => {
    for (const seconds of [-86_400, -60, 0, 60, 86_400]) {
      expect(vonageSigned(hook({ iat: at + 2 + seconds }), account, now), `${seconds} s`).toBe(true)
    }
    for (const seconds of [-86_401, 86_401]) {
      expect(vonageSigned(hook({ iat: at + 2 + seconds }), account, now), `${seconds} s`).toBe(false)
    }
    expect(vonageSigned(hook({}), account, now)).toBe(false)
  })
})

describe('a signature of Bird', () => {
  const head = {
    HS256: 'eyJhbGciOiAiSFMyNTYifQ',
    HS384: 'eyJhbGciOiAiSFMzODQifQ',
    HS512: 'eyJhbGciOiAiSFM1MTIifQ',
  }
  const claims =
    'eyJpc3MiOiAiTWVzc2FnZUJpcmQiLCAibmJmIjogMTc5NTM0ODc5OCwgImV4cCI6IDE3OTUzNDg4NTgsICJqdGkiOiAiMSIsICJ1cmxfaGFzaCI6ICI1OWEzYWM4MTJjOWMxZGY0NzQ4NDQxMTliNGJmYmI0ZDFmM2JjMWZkOWQ3ZDVlY2NlZGFhNzliN2FhY2M3ZGM3IiwgInBheWxvYWRfaGFzaCI6ICJkOWZjOTFkNDVjMDk2YjVlMjdkYzYzMDRkODAxNWRjNWNiMGE5NTljZDA3OGNhMjVmYWZjZjIzMzMwODc3MjhlIn0'
  const bare =
    'eyJpc3MiOiAiTWVzc2FnZUJpcmQiLCAibmJmIjogMTc5NTM0ODc5OCwgImV4cCI6IDE3OTUzNDg4NTgsICJqdGkiOiAiMSIsICJ1cmxfaGFzaCI6ICI1OWEzYWM4MTJjOWMxZGY0NzQ4NDQxMTliNGJmYmI0ZDFmM2JjMWZkOWQ3ZDVlY2NlZGFhNzliN2FhY2M3ZGM3In0'
  const url = 'https://example.com/hook?a=1'
  const signed = (token: string, body = 'id=1', at_ = now, of = url) =>
    birdSigned(request(of, body, { 'messagebird-signature-jwt': token }), ['next', 'secret'], at_)

  const signatures = [
    ['HS256', '_wWwhkTyel_fhFsnTORX6IebO8NLoRbWzLfXfsDjJuI'],
    ['HS384', 'iy9V4sNkO30XYp95rdIH85UdkBTB-qjUKXBT5-7yamnmgZQcpwRzx5qUku7YuNbU'],
    ['HS512', 'yq1WzfHSAwiD6FJhD3HPY1128NzIrKwfsmDSrZepVjh0Ey4bjLIDTQzl4-0pWG14sPDkQ2leky4oh5SDNs8ggA'],
  ] as const

  it.each(signatures)('is a token over the address and the body, by %s', (algorithm, signature) => {
    const token = `${head[algorithm]}.${claims}.${signature}`
    expect(signed(token)).toBe(true)
    expect(signed(token, 'id=2')).toBe(false)
    expect(signed(token, 'id=1', now, `${url}2`)).toBe(false)
    expect(signed(`${token}x`)).toBe(false)
    expect(signed(`${head[algorithm]}.${claims}.`)).toBe(false)
  })

  it('counts between its times, with five seconds to either side', () => {
    const token = `${head.HS256}.${claims}.${signatures[0][1]}`
    expect(signed(token, 'id=1', (at + 64) * 1000 + 999)).toBe(true)
    expect(signed(token, 'id=1', (at + 65) * 1000)).toBe(false)
    expect(signed(token, 'id=1', (at - 5) * 1000)).toBe(true)
    expect(signed(token, 'id=1', (at - 6) * 1000)).toBe(false)
  })

  it('names itself, and has digests in hexadecimal of either case', () => {
    const digest = (text: string) => sha256(text).toUpperCase()
    const all = { iss: 'MessageBird', jti: '1', url_hash: digest(url), payload_hash: digest('id=1') }
    expect(signed(tokenOf(all, 'secret'))).toBe(true)
    for (const name of ['iss', 'jti', 'url_hash', 'payload_hash'] as const) {
      const { [name]: _, ...others } = all
      expect(signed(tokenOf(others, 'secret')), `without ${name}`).toBe(false)
    }
    expect(signed(tokenOf({ ...all, exp: 'never' }, 'secret'))).toBe(false)
  })

  it('knows of the body exactly where there is one', () => {
    const token = `${head.HS256}.${bare}.3SnzjsE2Fd__rVN6Rk9vDT2GpyCKyTI7_4kz67j09AI`
    expect(signed(token, '')).toBe(true)
    expect(signed(token, 'id=1')).toBe(false)
    expect(signed(`${head.HS256}.${claims}.${signatures[0][1]}`, '')).toBe(false)
  })

  it('that signs with nothing is none', () => {
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    expect(signed(`${none}.${claims}.x`)).toBe(false)
    expect(signed('')).toBe(false)
  })
})

describe('a signature of Plivo', () => {
  const account = { authId: 'MA', authTokens: ['next', 'secret'], sender: '+1', publicUrl: 'https://example.com/hook' }
  const signed = (url: string, signature: string, body: string, method = 'POST') => {
    const headers = { ...form, 'x-plivo-signature-v3': signature, 'x-plivo-signature-v3-nonce': 'nonce1' }
    return plivoSigned(request(url, body, headers, method), account)
  }

  it('is over the address, its query and the fields, sorted', () => {
    const withQuery = 'xbxUMFdkVX2gr/Cph5FeZVn5wqLLiODDbOYvG5EeFVk='
    expect(signed('https://example.com/hook?b=2&a=1', withQuery, 'To=2&From=1')).toBe(true)
    expect(signed('https://example.com/hook?b=2&a=1', `bm9uZQ==, ${withQuery}`, 'To=2&From=1')).toBe(true)
    expect(signed('https://example.com/hook?b=2&a=1', withQuery, 'To=2&From=3')).toBe(false)
    expect(signed('https://example.com/hook?b=2&a=3', withQuery, 'To=2&From=1')).toBe(false)
    expect(signed('https://example.com/hook', 'tLAoEa6oPyjhMfKLTt7qlE1qZfe2bQaBcos9FoQhSoo=', 'To=2&From=1')).toBe(true)
    expect(signed('https://example.com/hook', 'Z7TbAAp2X2XMDnb/s5N0crTIsPaHezXxzETSfQseWws=', 'To=2&From=1')).toBe(true)
    const asked = 'LxvfjtL9gyp0z1qVE1A4Sa4hX/F/gOupyypJnsI8BII='
    expect(signed('https://example.com/hook?To=2&From=1', asked, '', 'GET')).toBe(true)
  })

  it('of version 2 is of the address alone, and counts only where the account says so', () => {
    const headers = {
      'x-plivo-signature-v2': '+QqzxLcUwU1Mvf/AhllgL/AVN9AXkJQaqcs/ZlTtKwo=',
      'x-plivo-signature-v2-nonce': 'nonce1',
    }
    for (const url of ['https://example.com/hook', 'https://example.com/hook/?a=1']) {
      const hook = request(url, 'From=1', { ...form, ...headers })
      expect(plivoSigned(hook, { ...account, signatureVersion: 'v2' })).toBe(true)
      expect(plivoSigned(hook, account)).toBe(false)
    }
  })
})

describe('a signature of Sinch', () => {
  const headers = {
    'x-sinch-webhook-signature': 'XwRh7yr+ZxrIYlR1eoapcFKpPkUOM9LMwCWmKd6mMd0=',
    'x-sinch-webhook-signature-nonce': 'n1',
    'x-sinch-webhook-signature-timestamp': String(at),
    'x-sinch-webhook-signature-algorithm': 'HmacSHA256',
  }
  const hook = request('https://example.com/hook', '{"app_id":"A"}', headers)

  it('is over the body, the nonce and the time', () => {
    expect(sinchSigned(hook, ['next', 'secret'], now)).toBe(true)
    expect(sinchSigned({ ...hook, body: new TextEncoder().encode('{"app_id":"B"}') }, ['secret'], now)).toBe(false)
    expect(sinchSigned(hook, ['next'], now)).toBe(false)
    expect(sinchSigned(hook, ['secret'], now + 86_400_000)).toBe(false)
  })
})
