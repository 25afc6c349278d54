import { createHash } from 'node:crypto'
import type { FetchContext, FetchOutcome, RemoteFile } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { whatsApp } from '../src/index.ts'
import { accountWith } from './support/account.ts'
import { type GraphServer, openGraph } from './support/graph-server.ts'

const channel = whatsApp()
const bytes = Uint8Array.of(137, 80, 78, 71, 13, 10)
const sha256 = createHash('sha256').update(bytes).digest('hex')
const picture: RemoteFile = { name: 'chair.png', mime: 'image/png', sha256, remote: { id: '77' } }

const withFile = async (): Promise<GraphServer> => {
  const graph = await openGraph()
  graph.files.set('77', { bytes, mime: 'image/png' })
  return graph
}

const fetched = async (
  graph: GraphServer,
  file = picture,
  more: Partial<FetchContext> = {},
): Promise<FetchOutcome | undefined> =>
  channel.fetchFile?.(file, accountWith({ graphOrigin: graph.origin }), {
    signal: new AbortController().signal,
    fetch,
    maxBytes: 1000,
    ...more,
  })

const places = ({ asked }: GraphServer) => asked.map(({ place }) => place)

describe('a file that cannot be had just now', () => {
  it.each([368, 131_031, 131_042, 190, 987_654])(
    'is asked for again after error %i: it is kept for days',
    async (code) => {
      const graph = await withFile()
      graph.script('lookup', { status: 400, body: JSON.stringify({ error: { code, message: 'No' } }) })
      expect(await fetched(graph)).toMatchObject({ _tag: 'Retry' })
    },
  )

  it('is gone when it is said of the file itself', async () => {
    for (const [status, body] of [
      [400, JSON.stringify({ error: { code: 100, message: 'Object does not exist' } })],
      [404, ''],
    ] as const) {
      const graph = await withFile()
      graph.script('lookup', { status, body })
      expect(await fetched(graph)).toMatchObject({ _tag: 'Gone' })
    }
    const graph = await withFile()
    graph.script('lookup', { status: 302, headers: { location: '/' } })
    expect(await fetched(graph)).toMatchObject({ _tag: 'Retry' })
  })
})

describe('a page in place of a picture', () => {
  it('is no picture, where no digest says so: it is asked for again', async () => {
    const graph = await withFile()
    const { sha256: _, ...unsure } = picture
    const found = { url: `${graph.origin}/file/77`, mime_type: 'image/png' }
    graph.script('lookup', { status: 200, body: JSON.stringify(found) })
    graph.script('file', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' })
    expect(await fetched(graph, unsure)).toMatchObject({ _tag: 'Retry' })
  })
})

describe('a file of a customer', () => {
  it('comes in two steps, both with the token, by a program that has a name', async () => {
    const graph = await withFile()
    const outcome = await fetched(graph)
    expect(outcome).toMatchObject({ _tag: 'Fetched', mime: 'image/png' })
    expect(outcome?._tag === 'Fetched' && new Uint8Array(outcome.bytes)).toEqual(bytes)
    expect(places(graph)).toEqual(['lookup', 'file'])
    for (const { headers } of graph.asked) {
      expect(headers).toMatchObject({ authorization: 'Bearer EAAtest', 'user-agent': 'guichet' })
    }
  })

  it('has its address asked for once more where that has expired', async () => {
    const graph = await withFile()
    graph.script('file', { status: 404 })
    expect(await fetched(graph)).toMatchObject({ _tag: 'Fetched' })
    expect(places(graph)).toEqual(['lookup', 'file', 'lookup', 'file'])
    graph.script('file', { status: 404 }, { status: 404 })
    expect(await fetched(graph)).toMatchObject({ _tag: 'Retry' })
  })

  it('is not other bytes than those that were announced', async () => {
    const graph = await withFile()
    graph.files.set('77', { bytes: bytes.map((byte) => byte ^ 1), mime: 'image/png' })
    expect(await fetched(graph)).toMatchObject({ _tag: 'Retry' })
    expect(await fetched(graph, { name: 'x', mime: 'image/png', remote: { id: '77' } })).toMatchObject({
      _tag: 'Fetched',
    })
  })

  it('is gone when nobody knows its id any more, and when it is too large', async () => {
    const graph = await withFile()
    expect(await fetched(graph, { ...picture, remote: { id: '78' } })).toMatchObject({ _tag: 'Gone' })
    expect(await fetched(graph, { ...picture, remote: null })).toMatchObject({ _tag: 'Gone' })
    expect(await fetched(graph, picture, { maxBytes: 5 })).toEqual({ _tag: 'Gone', reason: 'larger than 5 bytes' })
    expect(places(graph)).toEqual(['lookup', 'lookup'])
  })

  it('comes later when the token has expired, when there are too many, and when something fails', async () => {
    const graph = await withFile()
    graph.token = 'EAAnew'
    expect(await fetched(graph)).toMatchObject({ _tag: 'Retry', reason: expect.stringContaining('expired') })
    graph.token = 'EAAtest'
    graph.script('lookup', { status: 429, headers: { 'retry-after': '30' } }, { status: 500 }, 'resets', {
      status: 200,
      body: '{}',
    })
    expect(await fetched(graph)).toMatchObject({ _tag: 'Retry', afterMs: 30_000 })
    for (let times = 0; times < 3; times += 1) expect(await fetched(graph)).toMatchObject({ _tag: 'Retry' })
    graph.script('file', { status: 503 }, 'resets')
    expect(await fetched(graph)).toMatchObject({ _tag: 'Retry' })
    expect(await fetched(graph)).toMatchObject({ _tag: 'Retry' })
  })

  it('comes from nowhere but the hosts of Meta, and the token goes nowhere else', async () => {
    const graph = await withFile()
    const elsewhere = await withFile()
    for (const url of [
      `${elsewhere.origin}/file/77`,
      'http://169.254.169.254/latest',
      'https://fbcdn.net.evil.example/x',
    ]) {
      graph.script('lookup', { status: 200, body: JSON.stringify({ url }) })
      expect(await fetched(graph)).toMatchObject({ _tag: 'Gone' })
    }
    graph.script('file', { status: 302, headers: { location: `${elsewhere.origin}/file/77` } })
    expect(await fetched(graph)).toMatchObject({ _tag: 'Gone' })
    expect(elsewhere.asked).toEqual([])
  })
})
