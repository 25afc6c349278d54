import { describe, expect, it } from 'vitest'
import { whatsAppSettings } from '../src/index.ts'

const given = {
  phoneNumberId: '106540352242922',
  accessToken: 'EAAJB',
  appSecrets: ['the secret of the application'],
  verifyTokens: ['meatyhamhock'],
}

const read = async (value: unknown) => whatsAppSettings['~standard'].validate(value)

const wrong = async (value: object) => {
  const { issues = [] } = await read({ ...given, ...value })
  return issues.map(({ path = [], message }) => `${path.join('.')}: ${message}`)
}

describe('the settings of a number', () => {
  it('have a default for all that Meta does not give', async () => {
    expect(await read({ ...given, unknown: 1 })).toEqual({
      value: { ...given, listButton: 'Options', apiVersion: 'v25.0', graphOrigin: 'https://graph.facebook.com' },
    })
    const all = { ...given, businessAccountId: '1', listButton: 'Choisir', apiVersion: 'v26.0' }
    expect(await read({ ...all, graphOrigin: 'http://127.0.0.1:8080' })).toEqual({
      value: { ...all, graphOrigin: 'http://127.0.0.1:8080' },
    })
  })

  it.each([
    [{ phoneNumberId: '+1 555 078 3881' }, 'phoneNumberId: the id of the phone number, in digits'],
    [{ accessToken: 'a\nb' }, 'accessToken: a text of printable ASCII, without spaces around it'],
    [{ appSecrets: [''] }, 'appSecrets.0: a text of printable ASCII, without spaces around it'],
    [{ apiVersion: '25' }, 'apiVersion: a version such as v25.0'],
    [{ graphOrigin: 'https://graph.facebook.com/' }, 'graphOrigin: an origin such as https://graph.facebook.com'],
    [{ graphOrigin: 'ftp://graph.facebook.com' }, 'graphOrigin: an origin such as https://graph.facebook.com'],
    [{ listButton: 'x'.repeat(21) }, 'listButton: 1 to 20 characters in one line'],
    [{ listButton: ' ' }, 'listButton: 1 to 20 characters in one line'],
  ])('are refused with what would be right: %j', async (value, issue) => {
    expect(await wrong(value)).toEqual([issue])
  })

  it('need a secret and a token each', async () => {
    expect(await wrong({ appSecrets: [] })).toHaveLength(1)
    expect(await wrong({ verifyTokens: [] })).toHaveLength(1)
  })
})
