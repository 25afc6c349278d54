import type { StandardSchema } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { instagramSettings, messengerSettings } from '../src/index.ts'
import { instagramAccount, pageSettings } from './support/payloads.ts'

const check = async (schema: StandardSchema, value: unknown) => schema['~standard'].validate(value)

const pathsOf = async (schema: StandardSchema, value: unknown) =>
  ((await check(schema, value)).issues ?? []).map(({ path }) => path?.[0])

describe('the settings', () => {
  it('of a page and of an Instagram account are taken as they are, unknown keys left out', async () => {
    expect(await check(messengerSettings, { ...pageSettings, more: 1 })).toEqual({ value: pageSettings })
    const routed = { ...pageSettings, control: 'request', passTo: '263902037430900', locale: true }
    expect(await check(messengerSettings, routed)).toEqual({ value: routed })
    const { page: _, ...login } = instagramAccount
    expect(await check(instagramSettings, login)).toEqual({ value: login })
  })

  it('name everything that is wrong with them', async () => {
    const wrong = {
      page: '1/../2',
      appId: 7,
      appSecrets: [],
      verifyTokens: [''],
      token: 'two words',
      version: '25',
      control: 'give',
    }
    expect((await pathsOf(messengerSettings, wrong)).sort()).toEqual([
      'appId',
      'appSecrets',
      'control',
      'page',
      'token',
      'verifyTokens',
      'version',
    ])
  })

  it.each(['graph.facebook.com', 'ftp://graph.facebook.com', 'https://graph.facebook.com/v1', 'https://user@host'])(
    'take no address of the Graph API that is no origin: %s',
    async (graph) => {
      expect(await pathsOf(instagramSettings, { ...instagramAccount, graph })).toEqual(['graph'])
    },
  )
})
