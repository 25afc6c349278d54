import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type News, readNews, writeNews } from '../src/news.ts'

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 400 })
const talk = fc.array(fc.tuple(fc.string(), fc.string({ unit: 'binary', maxLength: 2_000 })), { maxLength: 5 })
const some = fc.record({ from: fc.uuid(), committed: texts, said: talk })

const read = (news: News): ReadonlyArray<News> => writeNews(news).flatMap((payload) => readNews(payload) ?? [])

describe('news', () => {
  test('fit into notifications', () => {
    fc.assert(
      fc.property(some, (news) => {
        for (const payload of writeNews(news)) expect(Buffer.byteLength(payload)).toBeLessThan(8_000)
      }),
    )
  })

  test('name every place, or say that it may be any', () => {
    fc.assert(
      fc.property(some, (news) => {
        const told = read(news).map(({ committed }) => committed)
        if (told.includes('any')) return
        expect(told.flat()).toEqual(news.committed)
      }),
    )
  })

  test('carry what is said in its order, but for what is too long', () => {
    fc.assert(
      fc.property(some, (news) => {
        const told = read(news).flatMap(({ said }) => said)
        const short = news.said.filter(([workspace, text]) => (workspace + text).length < 1_000)
        expect(told.filter(([workspace, text]) => (workspace + text).length < 1_000)).toEqual(short)
      }),
    )
  })

  test('are nothing when there is nothing to tell', () => {
    expect(writeNews({ from: 'x', committed: [], said: [] })).toEqual([])
  })

  test('of somebody else are not understood', () => {
    for (const payload of ['', 'x', 'null', '[]', '{}', '{"from":1}', '{"from":"x","committed":[1],"said":[]}']) {
      expect(readNews(payload)).toBeUndefined()
    }
  })
})
