import { describe, expect, it } from 'vitest'
import { emailSettings } from '../src/index.ts'

const good = {
  address: 'Support@Guichet.TEST',
  secret: 'sixteen letters!',
  smtp: { host: 'smtp.guichet.test', port: 587 },
}

const check = (value: unknown) => emailSettings['~standard'].validate(value)

describe('the settings of an email account', () => {
  it('are an address, a secret and where mail leaves; the domain of an address is written small', () => {
    expect(check(good)).toEqual({ value: { ...good, address: 'Support@guichet.test' } })
  })

  it('may say more, and what they do not know is left out', () => {
    const more = {
      ...good,
      address: 'support@guichet.test',
      aliases: ['help@guichet.test'],
      name: 'Guichet',
      previousSecrets: ['another secret here'],
      domain: 'mail.guichet.test',
      smtp: { ...good.smtp, secure: true, auth: { user: 'u', pass: 'p' }, tls: { required: true, ca: 'PEM' } },
    }
    expect(check({ ...more, unknown: 1, smtp: { ...more.smtp, unknown: 2 } })).toEqual({ value: more })
  })

  it.each([
    ['no object', null, []],
    ['no address', { ...good, address: 'support' }, ['address']],
    ['an address that breaks out', { ...good, address: 'a@b.test\r\nBcc: c@d.test' }, ['address']],
    ['a short secret', { ...good, secret: 'fifteen letters' }, ['secret']],
    ['an alias that is none', { ...good, aliases: ['help'] }, ['aliases']],
    ['a name of two lines', { ...good, name: 'a\nb' }, ['name']],
    ['nowhere to send', { ...good, smtp: undefined }, ['smtp']],
    ['a port out of range', { ...good, smtp: { host: 'x', port: 70_000 } }, ['smtp', 'port']],
    ['a login without a password', { ...good, smtp: { ...good.smtp, auth: { user: 'u' } } }, ['smtp', 'auth']],
  ])('are refused, with the place, when they have %s', (_, value, path) => {
    expect(check(value)).toMatchObject({ issues: [{ path }] })
  })

  it('show every mistake at once', () => {
    expect(check({ address: '', secret: '', smtp: { host: '', port: 0 } })).toMatchObject({
      issues: [{ path: ['address'] }, { path: ['secret'] }, { path: ['smtp', 'host'] }, { path: ['smtp', 'port'] }],
    })
  })
})
