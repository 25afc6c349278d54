import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aboutOf, inTurn, overtaking } from '../web/desk/state/turns.ts'

describe('requests of a window', () => {
  it('law: about one thing they begin one after the other, as they were made; about others they do not wait', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }), async (s, made) => {
        const begun: Array<readonly [string, number]> = []
        const running = new Map<string, number>()
        const all = made.map((about, n) =>
          inTurn(about, async () => {
            begun.push([about, n])
            running.set(about, (running.get(about) ?? 0) + 1)
            expect(running.get(about)).toBe(1)
            await s.schedule(Promise.resolve())
            running.set(about, 0)
            return n
          }),
        )
        await s.waitFor(Promise.all(all))
        expect(await Promise.all(all)).toEqual(made.map((_, n) => n))
        for (const about of ['a', 'b']) {
          const order = begun.flatMap(([what, n]) => (what === about ? [n] : []))
          expect(order).toEqual(order.toSorted((x, y) => x - y))
        }
      }),
    )
  })

  it('one that fails holds up nothing', async () => {
    const failing = inTurn('a', () => Promise.reject(new Error('no answer')))
    const next = inTurn('a', async () => 'answered')
    await expect(failing).rejects.toThrow('no answer')
    expect(await next).toBe('answered')
  })

  it('law: what is shown is never older than what was shown before', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5]), (answers) => {
        const begin = overtaking()
        const asked = Array.from({ length: 6 }, begin)
        const shown = answers.filter((n) => asked[n]?.())
        expect(shown).toEqual(shown.toSorted((x, y) => x - y))
        if (answers.length > 0) expect(shown.at(-1)).toBe(Math.max(...answers))
      }),
    )
  })

  it('are about a conversation, about being here, or about where one looks; all else stands alone', () => {
    const call = (name: string, ...args: ReadonlyArray<unknown>) => aboutOf('/api/call', { call: name, args })
    expect(aboutOf('/api/conversations/c%3A1/close', {})).toBe('c%3A1')
    expect(call('conversations.schedule', 'c:1', {})).toBe('c%3A1')
    expect(call('conversations.bulk', ['c:1'], {})).toBeUndefined()
    expect(call('presence.set', null)).toBe(call('presence.device', 'd', 'active'))
    expect(aboutOf('/api/look', {})).toBe('/api/look')
    expect(call('contacts.get', 'k')).toBeUndefined()
    expect(aboutOf('/api/clock', {})).toBeUndefined()
  })
})
