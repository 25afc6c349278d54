import type { WireRequest } from '@guichet/engine/ports'
import * as fc from 'fast-check'

const encoder = new TextEncoder()

const contentType = fc.constantFrom(
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'message/rfc822',
  'text/plain; charset=utf-16',
  'application/json; charset="',
  '',
)

const text = fc.oneof(
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 500 }),
  fc
    .array(fc.tuple(fc.string(), fc.string()), { maxLength: 5 })
    .map((pairs) => pairs.map(([key, value]) => `${encodeURI(key.replace(/\p{Surrogate}/gu, ''))}=${value}`).join('&')),
  fc
    .array(fc.tuple(fc.constantFrom('From', 'To', 'Date', 'Message-ID', 'Content-Type'), fc.string()), { maxLength: 6 })
    .map((headers) => `${headers.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\nbody`),
)

const body = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  text.map((written) => encoder.encode(written)),
)

const headers = fc
  .record({
    'content-type': contentType,
    extra: fc.dictionary(
      fc.string().map((name) => name.toLowerCase()),
      fc.string(),
      { maxKeys: 4 },
    ),
  })
  .map(({ extra, ...known }) => ({ ...extra, ...known }))

/** Whatever can arrive at an open port. */
export const anyRequest: fc.Arbitrary<WireRequest> = fc.record({
  method: fc.constantFrom('POST', 'GET', 'PUT', 'OPTIONS'),
  url: fc.webQueryParameters().map((query) => `https://example.org/hook?${query}`),
  headers,
  body,
})

/** One byte another, one more, one less, or the end missing. */
const damage = fc.record({
  kind: fc.constantFrom('flip', 'insert', 'remove', 'cut'),
  where: fc.nat(1_000_000),
  bit: fc.nat(7),
})

const damaged = (bytes: Uint8Array, { kind, where, bit }: { kind: string; where: number; bit: number }): Uint8Array => {
  const at = bytes.length === 0 ? 0 : where % bytes.length
  switch (kind) {
    case 'flip':
      return bytes.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte))
    case 'insert':
      return Uint8Array.of(...bytes.subarray(0, at), bit * 32, ...bytes.subarray(at))
    case 'remove':
      return Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(at + 1))
    default:
      return bytes.slice(0, at)
  }
}

/** Samples with a few bytes wrong: close enough to the real thing to get far into a parser. */
export const damagedSample = (samples: ReadonlyArray<{ readonly request: WireRequest }>): fc.Arbitrary<WireRequest> =>
  fc
    .tuple(fc.constantFrom(...samples.map(({ request }) => request)), fc.array(damage, { minLength: 1, maxLength: 4 }))
    .map(([request, damages]) => ({ ...request, body: damages.reduce(damaged, request.body) }))

/** Both, as far as there are samples. */
export const hostileRequest = (samples: ReadonlyArray<{ readonly request: WireRequest }>): fc.Arbitrary<WireRequest> =>
  samples.length === 0 ? anyRequest : fc.oneof(anyRequest, damagedSample(samples))
