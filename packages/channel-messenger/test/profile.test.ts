import type { ProfileOutcome } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { type InstagramSettings, instagram, type MessengerSettings, messenger } from '../src/index.ts'
import { type Graph, openGraph } from './support/graph.ts'
import { accountOf, instagramAccount, marie, page, pageSettings } from './support/payloads.ts'

const context = () => ({ signal: AbortSignal.timeout(60_000), fetch })

const onMessenger = (graph: Graph, more: Partial<MessengerSettings> = {}, who = marie) =>
  messenger().profile?.(who, accountOf({ ...pageSettings, graph: graph.origin, ...more }), context())

const onInstagram = (graph: Graph, more: Partial<InstagramSettings> = {}) =>
  instagram().profile?.(marie, accountOf({ ...instagramAccount, graph: graph.origin, ...more }), context())

const openPage = (proofSecret?: string) =>
  openGraph({ node: page, token: pageSettings.token, ...(proofSecret === undefined ? {} : { proofSecret }) })

const picture = 'https://platform-lookaside.fbsbx.com/platform/profilepic/?psid=1'

describe('who somebody is', () => {
  it('is a name and a picture on Messenger, and a language where the application may ask for it', async () => {
    const graph = await openPage()
    graph.introduce(marie, { first_name: 'Marie', last_name: 'Curie', profile_pic: picture, locale: 'fr_FR' })
    expect(await onMessenger(graph)).toEqual({ _tag: 'Found', name: 'Marie Curie', avatar: picture })
    expect(graph.asked).toEqual([`/v25.0/${marie}?fields=first_name%2Clast_name%2Cprofile_pic`])
    expect(await onMessenger(graph, { locale: true })).toMatchObject({ name: 'Marie Curie', language: 'fr-FR' })
  })

  it('is a name, or else a handle, on Instagram', async () => {
    const graph = await openPage()
    graph.introduce(marie, { name: 'Marie', username: 'marie.c', profile_pic: picture })
    expect(await onInstagram(graph)).toEqual({
      _tag: 'Found',
      name: 'Marie',
      avatar: picture,
      attributes: { username: 'marie.c' },
    })
    graph.introduce(marie, { username: 'marie.c' })
    expect(await onInstagram(graph)).toMatchObject({ name: 'marie.c', attributes: { username: 'marie.c' } })
  })

  it('is asked with the proof that we have the secret, where one is set', async () => {
    const graph = await openPage('shh')
    graph.introduce(marie, { first_name: 'Marie' })
    expect(await onMessenger(graph, { proofSecret: 'shh' })).toEqual({ _tag: 'Found', name: 'Marie' })
  })

  it.each([
    ['no name', { first_name: ' ', profile_pic: 'javascript:alert(1)', locale: 'not a language' }],
    ['nothing', {}],
  ])('is unknown to whom is told %s', async (_, profile) => {
    const graph = await openPage()
    graph.introduce(marie, profile)
    expect(await onMessenger(graph, { locale: true })).toEqual({ _tag: 'Unknown' })
  })

  it('is not asked of a guest, who has no id', async () => {
    const graph = await openPage()
    expect(await onMessenger(graph, {}, 'user_ref:box-7')).toEqual({ _tag: 'Unknown' })
    expect(graph.asked).toEqual([])
  })
})

describe('a profile that is not told', () => {
  const error = (code: number, error_subcode?: number, more: object = {}) =>
    JSON.stringify({
      error: { code, ...(error_subcode === undefined ? {} : { error_subcode }), message: 'no', ...more },
    })
  const unknown: ProfileOutcome = { _tag: 'Unknown' }

  it.each([
    [400, error(100, 33), unknown],
    [400, error(100, 2018218), unknown],
    [400, error(230), unknown],
    [403, error(10), unknown],
    [403, error(200), unknown],
    [404, 'nothing here', unknown],
    [400, error(99_999), unknown],
    [400, error(190, 463), { _tag: 'Retry' }],
    [400, error(4), { _tag: 'Retry' }],
    [400, error(368), { _tag: 'Retry' }],
    [500, error(2), { _tag: 'Retry' }],
    [400, error(99_999, undefined, { is_transient: true }), { _tag: 'Retry' }],
    [401, '', { _tag: 'Retry' }],
    [408, '', { _tag: 'Retry' }],
    [429, '', { _tag: 'Retry' }],
    [502, '<html>', { _tag: 'Retry' }],
    [200, 'nonsense', { _tag: 'Retry' }],
  ])('with %i and %s', async (status, body, outcome) => {
    const graph = await openPage()
    graph.next({ status, body }, 'profile')
    expect(await onMessenger(graph)).toMatchObject(outcome)
  })

  it('is asked for when Meta says that it may be', async () => {
    const graph = await openPage()
    graph.next({ status: 429, body: error(613), headers: { 'retry-after': '7' } }, 'profile')
    expect(await onMessenger(graph)).toEqual({ _tag: 'Retry', reason: 'no', afterMs: 7_000 })
  })

  it('is asked for again when nobody answers', async () => {
    const graph = await openPage()
    graph.next('resets', 'profile')
    expect(await onMessenger(graph)).toMatchObject({ _tag: 'Retry' })
    expect(await onMessenger(graph, { graph: 'http://127.0.0.1:1' })).toMatchObject({ _tag: 'Retry' })
  })
})
