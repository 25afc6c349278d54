import { type Block, type BlockTarget, blockedBy, checkBlock, fitsPattern } from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { worked } from '../../../../../tooling/worked.ts'
import { now } from './arbitrary.ts'

const block = (target: BlockTarget, until: number | null = null): Block => ({
  id: 'b',
  target,
  reason: 'noise',
  by: 'ana',
  at: now,
  until,
})

const zoe = { contacts: ['zoe', 'visitor'], account: 'mail', address: 'Zoe@example.org', ip: '192.0.2.7' }
const startsWith = (range: string, ip: string): boolean => ip.startsWith(range)

const isBlocked = (target: BlockTarget, until: number | null = null): boolean =>
  blockedBy([block(target, until)], zoe, now, startsWith) !== null

describe('a block', () => {
  test.each<[string, BlockTarget, boolean]>([
    ['the contact', { _tag: 'Contact', contact: 'zoe' }, true],
    ['a contact that went into it', { _tag: 'Contact', contact: 'visitor' }, true],
    ['another contact', { _tag: 'Contact', contact: 'ben' }, false],
    ['the address anywhere', { _tag: 'Identity', address: 'zoe@EXAMPLE.org' }, true],
    ['the address on the account', { _tag: 'Identity', address: 'zoe@example.org', account: 'mail' }, true],
    ['the address on another account', { _tag: 'Identity', address: 'zoe@example.org', account: 'chat' }, false],
    ['the range', { _tag: 'Ip', range: '192.0.2.' }, true],
    ['another range', { _tag: 'Ip', range: '198.51.' }, false],
    ['the pattern', { _tag: 'Pattern', pattern: '*@example.*' }, true],
    ['another pattern', { _tag: 'Pattern', pattern: '*@example.com' }, false],
  ])('of %s', (_, target, blocked) => expect(isBlocked(target)).toBe(blocked))

  test('is over at its time, not before and not after', () => {
    const contact = { _tag: 'Contact', contact: 'zoe' } as const
    expect(isBlocked(contact, now + 1)).toBe(true)
    expect(isBlocked(contact, now)).toBe(false)
  })

  test('by range holds against nobody whose address is unknown', () => {
    const { ip: _, ...unknown } = zoe
    expect(blockedBy([block({ _tag: 'Ip', range: '' })], unknown, now, startsWith)).toBe(null)
  })
})

describe('a pattern', () => {
  test('law: it says what the same regular expression says', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 })
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 })
    fc.assert(
      fc.property(pattern, letters, (wanted, text) => {
        const source = wanted.replaceAll('.', '\\.').replaceAll('*', '.*')
        expect(fitsPattern(wanted, text)).toBe(new RegExp(`^${source}$`).test(text))
      }),
      { numRuns: 2_000 },
    )
  })

  test('made to take for ever takes no time', () => {
    const began = worked()
    expect(fitsPattern(`${'*a'.repeat(150)}b`, 'a'.repeat(1_000))).toBe(false)
    expect(worked() - began).toBeLessThan(200)
  })
})

describe('checking a block', () => {
  const check = (target: BlockTarget, reason = 'noise', until: number | null = null) =>
    checkBlock({ target, reason, until }, now, (range) =>
      range === '0.0.0.0/0' ? 'everything' : range === '192.0.2.0/24' ? 'some' : 'nothing',
    )

  test('accepts what means somebody', () => {
    expect(check({ _tag: 'Ip', range: '192.0.2.0/24' })).toBe(null)
    expect(check({ _tag: 'Pattern', pattern: '*@spam.example' }, 'noise', now + 1)).toBe(null)
  })

  test.each<[BlockTarget, string]>([
    [{ _tag: 'Pattern', pattern: '*' }, 'is everybody'],
    [{ _tag: 'Pattern', pattern: '*@*' }, 'is everybody'],
    [{ _tag: 'Pattern', pattern: '' }, '1 to 320 characters'],
    [{ _tag: 'Ip', range: '0.0.0.0/0' }, 'every address there is'],
    [{ _tag: 'Ip', range: '300.1.2.3' }, 'such as 192.0.2.7'],
    [{ _tag: 'Identity', address: ' ' }, 'an address of 1 to'],
    [{ _tag: 'Contact', contact: '' }, 'the id of a contact'],
    [{ _tag: 'Nobody' } as unknown as BlockTarget, 'a Contact, an Identity, an Ip or a Pattern'],
  ])('refuses %j', (target, said) => {
    expect(check(target)).toMatchObject({ _tag: 'Invalid', issues: [expect.stringContaining(said)] })
  })

  test('refuses a block without a reason, and one that is over', () => {
    const contact = { _tag: 'Contact', contact: 'zoe' } as const
    expect(check(contact, ' ')).toMatchObject({ _tag: 'Invalid', issues: [expect.stringContaining('reason')] })
    expect(check(contact, 'noise', now)).toEqual({ _tag: 'PastTime', until: now, now })
  })
})
