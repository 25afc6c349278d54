import { type Engine, EngineError } from '@guichet/engine'
import { memoryStorage } from '@guichet/engine/memory'
import type { Changeset, Storage } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Anything, type Things, type Sample, session, house } from './call-samples.ts'
import { openShop } from './telegraph.ts'

/** What does not answer with a value, but goes on: it is looked at below. */
const goesOn = new Set(['feed', 'on', 'onTyping', 'onWatching', 'as'])

const callsOf = (target: object, path: ReadonlyArray<string> = []): ReadonlyArray<string> =>
  Object.entries(target).flatMap(([name, one]: [string, unknown]) => {
    if (typeof one === 'function') return goesOn.has(name) ? [] : [[...path, name].join('.')]
    return typeof one === 'object' && one !== null ? callsOf(one, [...path, name]) : []
  })

const at = (target: Anything, path: string): Anything => path.split('.').reduce((one, name) => one?.[name], target)

/** Every place in the arguments of a call: each argument, and each field and item in it. */
const placesIn = (given: Anything, path: ReadonlyArray<string> = []): ReadonlyArray<ReadonlyArray<string>> =>
  typeof given !== 'object' || given === null || given instanceof Uint8Array
    ? [path]
    : [path, ...Object.keys(given).flatMap((name) => placesIn(given[name], [...path, name]))]

const missing = Symbol('missing')

const replaced = (given: Anything, [name, ...rest]: ReadonlyArray<string>, by: Anything): Anything => {
  if (name === undefined) return by === missing ? undefined : by
  const copy = Array.isArray(given) ? [...given] : { ...given }
  if (rest.length === 0 && by === missing && !Array.isArray(copy)) delete copy[name]
  else copy[name] = replaced(given[name], rest, by)
  return copy
}

const deep = (levels: number): Anything => {
  let one: Anything = {}
  for (let level = 0; level < levels; level += 1) one = level % 2 === 0 ? { a: one } : [one]
  return Object.defineProperty(one, fc.toStringMethod, { value: () => `${levels} levels` })
}

const nonsense: fc.Arbitrary<Anything> = fc.oneof(
  fc.constantFrom<Anything>(missing, undefined, null, true, '', '\0', 'a\0b', '\ud800', 'x'.repeat(200_000)),
  fc.constantFrom<Anything>(Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, 1e308, 0, 7n),
  fc.constantFrom<Anything>(
    [],
    [null],
    [[]],
    {},
    { length: 1 },
    { toString: null },
    Object.create(null),
    new Date(NaN),
  ),
  fc.constantFrom<Anything>(JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"constructor":{"prototype":5}}')),
  fc.constantFrom<Anything>(
    Object.assign(() => 5, {}),
    deep(6),
    deep(5_000),
  ),
  fc.anything({ maxDepth: 2, withBigInt: true, withNullPrototype: true }),
)

/** What is typed is kept when it is refused: that loses nobody's words, and changes nothing else. */
const isDraft = ({ workspace: _, drafts: __, ...more }: Changeset): boolean =>
  Object.values(more).every((value) => Array.isArray(value) && value.length === 0)

/** A store that counts what is written, drafts apart. */
const counting = () => {
  const storage = memoryStorage()
  let writes = 0
  const counted: Storage = {
    ...storage,
    commit: (changes) => {
      if (!changes.every(isDraft)) writes += 1
      return storage.commit(changes)
    },
    markRead: (request) => {
      writes += 1
      return storage.markRead(request)
    },
  }
  return { storage: counted, writes: () => writes }
}

const open = async () => {
  const { storage, writes } = counting()
  const shop = await openShop({ storage })
  const workspace = shop.engine.workspace('shop')
  const boss = workspace.as('chloe')
  await shop.write('hello')
  await shop.write('hello', { from: { address: 'zed' } })
  await shop.engine.settle()
  const { items } = await boss.conversations.list()
  const [one, two] = items
  if (one === undefined || two === undefined) throw new Error('nobody wrote')
  const things: Things = { id: one.id, other: two.id, contact: one.contact.id, stranger: two.contact.id }
  return { ...shop, workspace, boss, things, writes }
}
type Opened = Awaited<ReturnType<typeof open>>

/** Refused in words: what was asked for, and not what came of it beneath. */
const isRefusal = (outcome: Anything): boolean =>
  outcome?.ok === false && /^[A-Z][A-Za-z]+$/.test(outcome.refusal?._tag ?? '')

const ask = async (target: Anything, path: string, given: ReadonlyArray<Anything>): Promise<Anything> => {
  const owner = path.includes('.') ? at(target, path.slice(0, path.lastIndexOf('.'))) : target
  return owner[path.slice(path.lastIndexOf('.') + 1)](...given)
}

const survives = (whose: (opened: Opened) => object, path: string, sample: Sample): Promise<void> => {
  let opened: Opened | undefined
  const engines = new Set<Engine>()
  onTestFinished(async () => {
    for (const engine of engines) await engine.close()
  })
  return fc.assert(
    fc.asyncProperty(fc.nat(), nonsense, async (where, what) => {
      opened ??= await open()
      engines.add(opened.engine)
      const given = sample(opened.things)
      const places = placesIn(given).filter((one) => one.length > 0)
      const place = places.length === 0 ? undefined : places[where % places.length]
      const wrong = place === undefined ? [what] : replaced(given, place, what)
      const before = opened.writes()
      let outcome: Anything
      try {
        outcome = await ask(whose(opened), path, wrong)
      } catch (error) {
        const told = error instanceof EngineError ? `${error.code}: ${error.message}` : String(error)
        throw new Error(`${path} at ${place?.join('.')} threw ${told}`, { cause: error })
      }
      if (isRefusal(outcome)) {
        expect([path, place, outcome.refusal._tag, opened.writes()]).toEqual([
          path,
          place,
          outcome.refusal._tag,
          before,
        ])
        return
      }
      // It made sense after all: what comes of it must be sound, and the next one begins afresh.
      expect([path, place, outcome?.ok]).not.toEqual([path, place, false])
      await opened.engine.settle()
      expect([path, place, opened.problems.splice(0)]).toEqual([path, place, []])
      if (opened.writes() === before) return
      await opened.boss.conversations.list()
      opened = undefined
    }),
    { numRuns: 60 },
  )
}

describe('whatever is handed to a call of an agent', () => {
  it('there is a sample of every call', async () => {
    const { boss, workspace, engine } = await open()
    expect(callsOf(boss).toSorted()).toEqual(callsOf(session).toSorted())
    expect(callsOf(workspace).toSorted()).toEqual(callsOf(house).toSorted())
    await engine.close()
  })

  it.each(callsOf(session))('%s answers, and what it refuses it leaves as it was', async (path) => {
    await survives(({ boss }) => boss, path, at(session, path))
  })
})

describe('whatever is handed to a call of a host', () => {
  it.each(callsOf(house))('%s answers, and what it refuses it leaves as it was', async (path) => {
    await survives(({ workspace }) => workspace, path, at(house, path))
  })
})
