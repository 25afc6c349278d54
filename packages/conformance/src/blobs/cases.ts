import type { Blobs } from '@guichet/engine/ports'
import { same } from '../assert.ts'
import type { ConformanceCase } from '../conformance-case.ts'

/** How the cases get at the place for attachments under test. */
export interface BlobsHarness {
  /** One with nothing in it. */
  readonly open: () => Promise<Blobs>
}

interface BlobsCase {
  readonly name: string
  readonly guarantee?: string
  readonly body: (blobs: Blobs) => Promise<void>
}

const key = (n: number): string => `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

const alike = [
  'a',
  'A',
  'a ',
  ' a',
  'a/b',
  'a\\b',
  'a_2f_b',
  'a:b',
  '.',
  '..',
  '../a',
  '%',
  'á',
  'a\u0301',
  'a\u0000',
  '👩',
  '',
]
const long = 'x'.repeat(400)

const cases: ReadonlyArray<BlobsCase> = [
  {
    name: 'what was put comes back byte by byte, whatever its size',
    body: async (blobs) => {
      const sizes = [0, 1, 255, 2_000_000]
      const bytesOf = (size: number) => Uint8Array.from({ length: size }, (_, n) => (n * 31) % 256)
      for (const [n, size] of sizes.entries()) await blobs.put('acme', key(n), bytesOf(size))
      for (const [n, size] of sizes.entries()) same(await blobs.get('acme', key(n)), bytesOf(size), `${size} bytes`)
    },
  },
  {
    name: 'what is not there is undefined, and deleting it is harmless',
    body: async (blobs) => {
      same(await blobs.get('acme', key(1)), undefined, 'a blob that nobody put')
      await blobs.delete('acme', key(1))
      await blobs.put('acme', key(1), Uint8Array.of(1))
      await blobs.put('acme', key(2), Uint8Array.of(2))
      await blobs.delete('acme', key(1))
      same(await blobs.get('acme', key(1)), undefined, 'a blob that was deleted')
      same(await blobs.get('acme', key(2)), Uint8Array.of(2), 'the one beside it')
    },
  },
  {
    name: 'bytes that their owner uses again do not change what is kept',
    body: async (blobs) => {
      const bytes = Uint8Array.of(1, 2, 3)
      await blobs.put('acme', key(1), bytes)
      bytes.fill(0)
      const first = await blobs.get('acme', key(1))
      same(first, Uint8Array.of(1, 2, 3), 'the bytes')
      first?.fill(9)
      same(await blobs.get('acme', key(1)), Uint8Array.of(1, 2, 3), 'the bytes, read again')
    },
  },
  {
    name: 'one key in two workspaces is two blobs, however alike their names are',
    guarantee: 'G52',
    body: async (blobs) => {
      const names = [...alike, long, `${long}y`]
      for (const [n, name] of names.entries()) await blobs.put(name, key(1), Uint8Array.of(n))
      for (const [n, name] of names.entries())
        same(await blobs.get(name, key(1)), Uint8Array.of(n), JSON.stringify(name))
      await blobs.delete('a', key(1))
      for (const [n, name] of names.entries()) {
        if (name !== 'a')
          same(await blobs.get(name, key(1)), Uint8Array.of(n), `${JSON.stringify(name)} after a delete`)
      }
    },
  },
  {
    name: 'no key leads into another workspace',
    guarantee: 'G52',
    body: async (blobs) => {
      await blobs.put('acme', key(1), Uint8Array.of(1))
      const ways = [
        `../acme/${key(1)}`,
        `/acme/${key(1)}`,
        `acme/${key(1)}`,
        `..\\acme\\${key(1)}`,
        `4:acme${key(1)}`,
        '..',
        '.',
        '',
        '\u0000',
      ]
      for (const way of ways) {
        same(await blobs.get('other', way), undefined, JSON.stringify(way))
        await blobs.delete('other', way)
      }
      same(await blobs.get('acme', key(1)), Uint8Array.of(1), 'the blob')
    },
  },
]

/**
 * What every place for attachments must do.
 *
 * @example
 * ```ts
 * import { blobCases, titleOf } from '@guichet/conformance'
 * import { memoryBlobs } from '@guichet/engine/memory'
 *
 * for (const each of blobCases({ open: async () => memoryBlobs() })) {
 *   // With a test runner: test(titleOf(each), each.run)
 *   await each.run().catch((error) => console.log(titleOf(each), error))
 * }
 * ```
 */
export const blobCases = (harness: BlobsHarness): ReadonlyArray<ConformanceCase> =>
  cases.map(({ body, ...each }) => ({ area: 'blobs', ...each, run: async () => body(await harness.open()) }))
