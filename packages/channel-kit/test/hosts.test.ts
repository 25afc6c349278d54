import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allowed, type AllowedHost } from '../src/http/hosts.ts'

const may = (url: string, ...hosts: ReadonlyArray<AllowedHost>): boolean => allowed(hosts, new URL(url)) !== undefined

describe('where files may come from', () => {
  test.each<[url: string, host: string]>([
    ['https://lookaside.fbsbx.com/a?b', 'lookaside.fbsbx.com'],
    ['https://lookaside.fbsbx.com:443/', 'lookaside.fbsbx.com'],
    ['https://LOOKASIDE.fbsbx.com/', 'Lookaside.FBSBX.com'],
    ['https://scontent.xx.fbcdn.net/', '*.fbcdn.net'],
    ['http://127.0.0.1:1234/a', 'http://127.0.0.1:1234'],
    ['http://127.0.0.1:1234/a', 'http://127.0.0.1:1234/'],
    ['https://files.internal:8443/', 'https://files.internal:8443'],
    ['https://8.8.8.8/', '8.8.8.8'],
    ['https://[2001:4860:4860::8888]/', '[2001:4860:4860::8888]'],
    ['https://[2a00::1]/', '[2a00::1]'],
    ['https://[::ffff:808:808]/', '[::ffff:808:808]'],
  ])('%s is allowed by %s', (url, host) => {
    expect(may(url, host)).toBe(true)
  })

  test.each<[url: string, host: string]>([
    ['http://lookaside.fbsbx.com/', 'lookaside.fbsbx.com'],
    ['https://lookaside.fbsbx.com:8443/', 'lookaside.fbsbx.com'],
    ['https://lookaside.fbsbx.com.evil.example/', 'lookaside.fbsbx.com'],
    ['https://evil.example/lookaside.fbsbx.com', 'lookaside.fbsbx.com'],
    ['https://lookaside.fbsbx.com@evil.example/', 'lookaside.fbsbx.com'],
    ['https://user:password@lookaside.fbsbx.com/', 'lookaside.fbsbx.com'],
    ['https://fbcdn.net/', '*.fbcdn.net'],
    ['https://evilfbcdn.net/', '*.fbcdn.net'],
    ['https://a.example/', '*.'],
    ['https://a.example/', '*'],
    ['https://a.example/', ''],
    ['https://a.example./', 'a.example'],
    ['http://127.0.0.1:1235/', 'http://127.0.0.1:1234'],
    ['https://127.0.0.1:1234/', 'http://127.0.0.1:1234'],
    ['ftp://a.example/', 'ftp://a.example'],
    ['data:text/plain,a', 'null'],
    ['file:///etc/passwd', '*.'],
    ['https://a.example/', 'http://'],
  ])('%s is not allowed by %s', (url, host) => {
    expect(may(url, host)).toBe(false)
  })

  test.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://0.0.0.0/',
    'https://10.1.2.3/',
    'https://100.64.0.1/',
    'https://169.254.169.254/',
    'https://172.31.255.255/',
    'https://192.168.0.1/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::]/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://192.88.99.1/',
    'https://[::7f00:1]/',
    'https://[::ffff:0:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[64:ff9b:1::a00:1]/',
    'https://[2001::1]/',
    'https://[fec0::1]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://[ff02::1]/',
    'https://localhost/',
    'https://a.localhost/',
    'https://localhost./',
  ])('%s lies inside a network: its host does not do, its origin does', (url) => {
    const { hostname, origin } = new URL(url)
    expect(may(url, hostname)).toBe(false)
    expect(may(url, `*.${hostname.split('.').slice(1).join('.')}`)).toBe(false)
    expect(may(url, origin)).toBe(true)
  })

  test('is nowhere without a list', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
        expect(may(url)).toBe(false)
        expect(may(url, new URL(url).origin)).toBe(true)
      }),
    )
  })

  test('names who is given what is secret', () => {
    const url = new URL('https://graph.facebook.com/1')
    expect(allowed(['graph.facebook.com'], url)).toEqual({ secret: false })
    expect(allowed(['*.facebook.com', { host: 'graph.facebook.com', secret: true }], url)).toEqual({ secret: true })
    expect(allowed(['graph.facebook.com', { host: 'other.example', secret: true }], url)).toEqual({ secret: false })
  })
})
