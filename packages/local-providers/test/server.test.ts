import { describe, expect, it, onTestFinished } from 'vitest'
import { type Api, apiOver, json, openServer } from '../src/index.ts'

const counting = () => {
  let taken = 0
  const api: Api<'messages'> = {
    placeOf: (method, { pathname }) => (method === 'POST' && pathname === '/messages' ? 'messages' : undefined),
    answer: () => json(200, { taken: (taken += 1) }),
    inTrouble: { status: 503 },
    nothing: { status: 404 },
  }
  return { api, taken: () => taken }
}

const open = async () => {
  const { api, taken } = counting()
  const server = await openServer(() => api)
  onTestFinished(() => server.close())
  const ask = (path = '/messages') => fetch(`${server.origin}${path}`, { method: 'POST', body: 'Hello' })
  return { server, taken, ask }
}

describe('a provider at an address of its own', () => {
  it('answers, knows what it was asked, and has nothing elsewhere', async () => {
    const { server, ask } = await open()
    expect(await (await ask()).json()).toEqual({ taken: 1 })
    expect((await ask('/other')).status).toBe(404)
    expect(server.asked.map(({ place, body }) => [place, new TextDecoder().decode(body)])).toEqual([
      ['messages', 'Hello'],
    ])
  })

  it('meets requests with what was scripted, one each and in order, and then is itself again', async () => {
    const { server, taken, ask } = await open()
    server.script('messages', { status: 429, headers: { 'retry-after': '30' } }, 'resets')
    const first = await ask()
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '30'])
    await expect(ask()).rejects.toThrow()
    expect(taken()).toBe(0)
    expect((await ask()).status).toBe(200)
  })

  it('breaks off in the middle of an answer', async () => {
    const { server, ask } = await open()
    server.script('messages', { status: 200, body: '{"tak', breaksOff: true })
    await expect(ask().then((answer) => answer.text())).rejects.toThrow()
  })

  it('may take what is asked and never say so', async () => {
    const { server, taken, ask } = await open()
    server.script('messages', { takes: 'resets' }, { takes: 'hangs' })
    await expect(ask()).rejects.toThrow()
    const heard = server.whenAsked('messages')
    const silent = ask()
    await heard
    expect(taken()).toBe(2)
    await server.close()
    await expect(silent).rejects.toThrow()
  })
})

describe('a provider inside of another server', () => {
  it('serves what it has, leaves the rest, and is in trouble on demand', async () => {
    const { api } = counting()
    let works = true
    const serve = apiOver(api, () => works)
    const asked = (path: string) => serve(new Request(`http://shop.example${path}`, { method: 'POST' }))
    expect(await asked('/other')).toBeUndefined()
    expect(await (await asked('/messages'))?.json()).toEqual({ taken: 1 })
    works = false
    expect((await asked('/messages'))?.status).toBe(503)
  })
})
