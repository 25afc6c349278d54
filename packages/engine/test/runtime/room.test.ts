import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeRoom } from '../../src/runtime/work/room.ts'

describe('law: a room', () => {
  it('never holds more than it has room for, lets everybody in in their order, and is empty at the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(fc.boolean(), { maxLength: 20 }), async (size, all) => {
        const room = makeRoom(size)
        const entered: Array<number> = []
        let inside = 0
        let most = 0
        const stays = all.map((fails, n) =>
          room.enter(async () => {
            entered.push(n)
            inside += 1
            most = Math.max(most, inside)
            for (let turns = n % 3; turns >= 0; turns -= 1) await Promise.resolve()
            inside -= 1
            if (fails) throw new Error(`${n} fails`)
          }),
        )
        expect(room.isFull()).toBe(all.length >= size)
        await Promise.allSettled(stays)
        expect([most, inside, room.isFull()]).toEqual([Math.min(size, all.length), 0, false])
        expect(entered).toEqual(all.map((_, n) => n))
      }),
    )
  })
})
