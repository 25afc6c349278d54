import { describe, expect, it } from 'vitest'
import { courier, type Travel } from '../src/index.ts'

/** Brings 1, 2 and 3 in that way; what has arrived while they are held back, and when they are let go. */
const brought = async (travel: Travel) => {
  const arrived: Array<number> = []
  const held: Array<() => void> = []
  const { bring } = courier({ travel: () => travel, holdMs: 1, wait: () => new Promise((go) => held.push(go)) })
  const all = [1, 2, 3].map((one) => bring(async () => void arrived.push(one)))
  await new Promise(setImmediate)
  const before = [...arrived]
  const done = Promise.all(all)
  let over = false
  void done.then(() => (over = true))
  while (!over) {
    for (const go of held.splice(0)) go()
    await new Promise(setImmediate)
  }
  return { before, after: arrived }
}

describe('what an account is told', () => {
  it('arrives once and in order, plainly', async () => {
    expect(await brought('plainly')).toEqual({ before: [1, 2, 3], after: [1, 2, 3] })
  })

  it('arrives late, and still in order', async () => {
    expect(await brought('late')).toEqual({ before: [], after: [1, 2, 3] })
  })

  it('arrives twice', async () => {
    expect(await brought('twice')).toEqual({ before: [1, 1, 2, 2, 3, 3], after: [1, 1, 2, 2, 3, 3] })
  })

  it('arrives in disorder: each second one overtakes', async () => {
    expect(await brought('disorder')).toEqual({ before: [2], after: [2, 1, 3] })
  })

  it('goes on when one was not taken', async () => {
    const { bring } = courier({ travel: () => 'plainly', holdMs: 0, wait: () => Promise.resolve() })
    await expect(bring(() => Promise.reject(new Error('401')))).rejects.toThrow('401')
    await expect(bring(() => Promise.resolve())).resolves.toBeUndefined()
  })
})
