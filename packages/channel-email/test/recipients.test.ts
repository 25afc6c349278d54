import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressKey } from '../src/address/address.ts'
import { isOwnAddress } from '../src/address/own.ts'
import { type MailMeta, replyRecipients } from '../src/index.ts'
import { maxRecipients } from '../src/outbound/recipients.ts'

const own = ['support@guichet.test', 'help@guichet.test']
const contact = 'marie@example.com'

const meta = (
  over: Partial<Record<'from' | 'to' | 'cc' | 'replyTo', ReadonlyArray<string>>> & { readonly automatic?: boolean },
): MailMeta => {
  const mailboxes = (list: ReadonlyArray<string> = []) => list.map((address) => ({ address }))
  return {
    from: { address: over.from?.[0] ?? contact },
    replyTo: mailboxes(over.replyTo),
    to: mailboxes(over.to ?? ['support@guichet.test']),
    cc: mailboxes(over.cc),
    messageId: '',
    references: [],
    envelope: { from: '', to: [] },
    automatic: over.automatic ?? false,
  }
}

const name = fc.constantFrom(
  'marie',
  'Marie',
  'paul',
  'PAUL',
  'eve',
  'support',
  'Support',
  'help',
  'support+abc',
  'help+x',
  'zoe',
  'li',
  'ann+x',
)
const domain = fc.constantFrom('example.com', 'EXAMPLE.com', 'guichet.test', 'Guichet.Test', 'example.org')
const address = fc.tuple(name, domain).map(([local, host]) => `${local}@${host}`)
const addresses = fc.array(address, { maxLength: 8 })
const facts = fc.record({
  own: fc.constant(own),
  contact: address.filter((given) => !isOwnAddress(own, given)),
  cc: addresses,
  answers: fc.option(
    fc
      .record({ from: address, to: addresses, cc: addresses, replyTo: addresses, automatic: fc.boolean() })
      .map(({ from, ...rest }) => meta({ from: [from], ...rest })),
    { nil: undefined },
  ),
})

describe('who gets an answer', () => {
  it('G16 is never ourselves: not the mailbox, not an alias, not a reply token', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { to, cc } = replyRecipients(given)
        expect([...to, ...cc].filter((one) => isOwnAddress(own, one))).toEqual([])
      }),
    )
  })

  it('G16 is nobody twice, whatever the case of the address', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { to, cc } = replyRecipients(given)
        const keys = [...to, ...cc].map(addressKey)
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })

  it('G16 is everybody of a mail that the contact sent to us and others, and everybody whom the agent adds', () => {
    fc.assert(
      fc.property(facts, addresses, addresses, addresses, (given, to, cc, replyTo) => {
        const answers = meta({ from: [given.contact], to: ['support@guichet.test', ...to], cc, replyTo })
        const result = replyRecipients({ ...given, answers })
        const got = new Set([...result.to, ...result.cc].map(addressKey))
        const asked = replyTo.filter((one) => !isOwnAddress(own, one))
        const contactKey = addressKey(given.contact)
        const wanted = [...(asked.length > 0 ? asked : [given.contact]), ...to, ...cc, ...given.cc]
          .filter((one) => !isOwnAddress(own, one))
          .map(addressKey)
          // Who asks for answers elsewhere is not written to twice.
          .filter((key) => key !== contactKey || asked.length === 0 || given.cc.some((one) => addressKey(one) === key))
        expect([...new Set(wanted)].filter((key) => !got.has(key))).toEqual([])
      }),
    )
  })

  it('G16 is nobody who stood in none of the fields: no blind copy is ever shown', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { to, cc } = replyRecipients(given)
        const seen = [
          given.contact,
          ...given.cc,
          ...(given.answers === undefined
            ? []
            : [given.answers.from, ...given.answers.to, ...given.answers.cc, ...given.answers.replyTo].map(
                (one) => one.address,
              )),
        ].map(addressKey)
        expect([...to, ...cc].map(addressKey).filter((key) => !seen.includes(key))).toEqual([])
      }),
    )
  })

  it('G16 always has somebody in To', () => {
    fc.assert(
      fc.property(facts, (given) => {
        expect(replyRecipients(given).to.length).toBeGreaterThan(0)
      }),
    )
  })

  it('G16 is where Reply-To says, unless that is us', () => {
    expect(replyRecipients({ own, contact, cc: [], answers: meta({ replyTo: ['desk@example.com'] }) }).to).toEqual([
      'desk@example.com',
    ])
    expect(
      replyRecipients({ own, contact, cc: [], answers: meta({ replyTo: ['support+x@guichet.test'] }) }).to,
    ).toEqual([contact])
  })

  it('G16 keeps the contact and everybody else when a colleague of the contact wrote last', () => {
    const answers = meta({ from: ['paul@example.com'], to: ['support@guichet.test', contact], cc: ['eve@example.com'] })
    expect(replyRecipients({ own, contact, cc: [], answers })).toEqual({
      to: [contact],
      cc: ['paul@example.com', 'eve@example.com'],
    })
  })

  it('sends a stranger who quotes the thread nothing of it', () => {
    const answers = meta({
      from: ['mallory@evil.example'],
      to: ['support@guichet.test'],
      cc: ['moe@evil.example'],
      replyTo: ['mallory@evil.example'],
    })
    expect(replyRecipients({ own, contact, cc: [], answers })).toEqual({ to: [contact], cc: [] })
  })

  it('answers the sender alone when we were copied blindly, and never the recipients of a machine', () => {
    expect(replyRecipients({ own, contact, cc: [], answers: meta({ to: ['paul@example.com'] }) })).toEqual({
      to: [contact],
      cc: [],
    })
    expect(
      replyRecipients({ own, contact, cc: [], answers: meta({ automatic: true, cc: ['paul@example.com'] }) }),
    ).toEqual({ to: [contact], cc: [] })
  })

  it(`stops at ${maxRecipients}, and keeps the contact and those whom the agent adds`, () => {
    const many = Array.from({ length: 150 }, (_, index) => `u${index}@example.com`)
    const { to, cc } = replyRecipients({ own, contact, cc: ['boss@example.com'], answers: meta({ cc: many }) })
    expect(to.length + cc.length).toBe(maxRecipients)
    expect(to).toEqual([contact])
    expect(cc).toContain('boss@example.com')
  })
})
