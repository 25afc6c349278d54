import type { FetchContext } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { messenger } from '../src/index.ts'
import { openGraph } from './support/graph.ts'
import { accountOf, page, pageSettings } from './support/payloads.ts'

const context = (more: Partial<FetchContext> = {}): FetchContext => ({
  fetch,
  signal: AbortSignal.timeout(60_000),
  maxBytes: 1_000,
  ...more,
})

const town = async () => {
  const graph = await openGraph({ node: page, token: pageSettings.token })
  const account = accountOf({ ...pageSettings, mediaHosts: [graph.origin] })
  const fetchFile = (url: string, more?: Partial<FetchContext>) =>
    messenger().fetchFile?.({ name: 'chair.gif', mime: 'image/jpeg', remote: { url } }, account, context(more))
  return { graph, account, fetchFile }
}

describe('a file that Meta holds', () => {
  it('is brought with what it is', async () => {
    const { graph, fetchFile } = await town()
    const bytes = new TextEncoder().encode('GIF89a')
    expect(await fetchFile(graph.hold('/chair.gif', bytes, 'image/gif'))).toEqual({
      _tag: 'Fetched',
      bytes: Buffer.from(bytes),
      mime: 'image/gif',
    })
  })

  it('has the ending of what it is, where nobody could tell before', async () => {
    const { graph, account } = await town()
    const brought = async (path: string, mime: string) => {
      const url = graph.hold(path, Uint8Array.of(1), mime)
      const file = { name: 'story.bin', mime: 'application/octet-stream', remote: { url } }
      return messenger().fetchFile?.(file, account, context())
    }
    expect(await brought('/film', 'Video/MP4; codecs=avc1')).toMatchObject({ name: 'story.mp4' })
    expect(await brought('/thing', 'model/chair')).not.toHaveProperty('name')
  })

  it('is none yet where a page comes in its place', async () => {
    const { graph, account, fetchFile } = await town()
    const url = graph.hold('/chair', new TextEncoder().encode('<html>'), 'text/html; charset=utf-8')
    expect(await fetchFile(url)).toMatchObject({ _tag: 'Retry' })
    const offer = { name: 'offer.html', mime: 'application/octet-stream', remote: { url } }
    expect(await messenger().fetchFile?.(offer, account, context())).toMatchObject({ _tag: 'Fetched' })
  })

  it('is gone when it is larger than may be, or not there any more', async () => {
    const { graph, fetchFile } = await town()
    const url = graph.hold('/large', new Uint8Array(2_000), 'video/mp4')
    expect(await fetchFile(url)).toMatchObject({ _tag: 'Gone' })
    expect(await fetchFile(`${graph.origin}/v25.0/nowhere`)).toMatchObject({ _tag: 'Gone' })
  })

  it.each([
    ['another host', 'https://evil.example/chair.gif'],
    ['a private network', 'http://169.254.169.254/latest/meta-data'],
    ['a name that only looks like one of Meta', 'https://fbcdn.net.evil.example/x'],
    ['nowhere', 'no address'],
  ])('is not asked for at %s', async (_, url) => {
    const { fetchFile } = await town()
    const asked: Array<unknown> = []
    const listening: typeof fetch = (...given) => {
      asked.push(given)
      return fetch(...given)
    }
    expect(await fetchFile(url, { fetch: listening })).toMatchObject({ _tag: 'Gone' })
    expect(asked).toEqual([])
  })
})
