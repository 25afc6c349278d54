import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Evidence } from '@guichet/engine/ports'
import { messageId, openMessageId } from '../src/thread/message-id.ts'
import { openReplyToken, replyAddress, replyToken } from '../src/thread/reply-token.ts'
import type { Signer } from '../src/thread/seal.ts'
import { signerOf } from '../src/thread/signer.ts'
import { baseSubject, replySubject } from '../src/thread/subject.ts'
import { accountWith, conversation } from './harness/account.ts'
import { fromMarie, mail, received } from './harness/mail.ts'

const account = accountWith()
const signer = signerOf(account)
const address = replyAddress(['support@guichet.test'], signer, conversation) ?? ''
const ourId = messageId(signer, 'guichet.test', conversation, 7)
const token: Evidence = { by: 'token', conversation }

const evidence = async (fields: Readonly<Record<string, string>>, envelopeTo = 'support@guichet.test') =>
  (await received(mail({ ...fromMarie, ...fields }), account, { to: envelopeTo })).evidence

describe('a reply token', () => {
  it.each(['To', 'Cc', 'Bcc', 'Delivered-To', 'X-Original-To', 'X-Forwarded-To'])('G13 counts in %s', async (name) => {
    expect(await evidence({ [name]: `Somebody <x@example.com>, "Support" <${address}>` })).toEqual([token])
  })

  it('G13 counts in the envelope, when no header has it', async () => {
    expect(await evidence({}, address)).toEqual([token])
  })

  it('G13 counts in References', async () => {
    expect(await evidence({ References: `<x@example.com> <${address}>` })).toContainEqual(token)
  })

  it('G13 counts in capitals, as some servers write local parts', async () => {
    expect(await evidence({ To: address.toUpperCase() })).toEqual([token])
  })

  it('fits a local part of 64 characters, and none is made where it does not', () => {
    expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64)
    expect(replyAddress(['kundenservice@guichet.test'], signer, conversation)).toBeUndefined()
    expect(replyAddress(['kundenservice@guichet.test', 'kd@guichet.test'], signer, conversation)).toMatch(/^kd\+/)
  })

  it('stands for any conversation id, and for nothing when a character of it is changed', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uuid(), fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' })),
        fc.nat(),
        fc.nat(31),
        (id, place, letter) => {
          const made = replyToken(signer, id)
          expect(made).toMatch(/^[a-z2-7]+$/)
          expect(openReplyToken(signer, made)).toBe(id)
          const at = place % made.length
          const changed = made.slice(0, at) + 'abcdefghijklmnopqrstuvwxyz234567'[letter] + made.slice(at + 1)
          if (changed !== made) expect(openReplyToken(signer, changed)).toBeUndefined()
        },
      ),
    )
  })

  it('is signed: a thousand forgeries count for nothing', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z2-7]{52}$/), (forged) => {
        expect(openReplyToken(signer, forged)).toBeUndefined()
      }),
      { numRuns: 1_000 },
    )
  })

  it('G04 of another account, workspace or secret is no token here', async () => {
    const others: ReadonlyArray<Signer> = [
      { ...signer, account: 'sales' },
      { ...signer, workspace: 'other' },
      { ...signer, secret: 'another secret of the tests' },
    ]
    for (const other of others) {
      expect(openReplyToken(signer, replyToken(other, conversation))).toBeUndefined()
      expect(openMessageId(signer, messageId(other, 'guichet.test', conversation, 7))).toBeUndefined()
    }
  })

  it('outlives a change of the secret', () => {
    const changed: Signer = { ...signer, secret: 'the new secret of the tests', previousSecrets: [signer.secret] }
    expect(openReplyToken(changed, replyToken(signer, conversation))).toBe(conversation)
    expect(openMessageId(changed, ourId)).toEqual({ conversation, seq: 7 })
  })
})

describe('the evidence of a mail', () => {
  it('G14 is in the order of its strength: token, our Message-ID, In-Reply-To, References from the newest', async () => {
    const other = '01930000-0000-7000-8000-000000000002'
    expect(
      await evidence({
        To: replyAddress(['support@guichet.test'], signer, other) ?? '',
        'In-Reply-To': '<last@example.com>',
        References: `<${ourId}> <first@example.com> <second@example.com> <last@example.com>`,
      }),
    ).toEqual([
      { by: 'token', conversation: other },
      token,
      { by: 'externalId', externalId: 'last@example.com' },
      { by: 'externalId', externalId: 'second@example.com' },
      { by: 'externalId', externalId: 'first@example.com' },
      { by: 'externalId', externalId: ourId },
    ])
  })

  it('G14 is found in our own Message-ID alone, so that a lost store does not lose the thread', async () => {
    expect(await evidence({ 'In-Reply-To': `<${ourId}>` })).toEqual([token, { by: 'externalId', externalId: ourId }])
  })

  it('G14 holds nothing that a stranger can make up: forged tokens, forged Message-IDs, numbers in a subject', async () => {
    const forgedToken = `${address.slice(0, address.indexOf('@') - 4)}aaaa@guichet.test`
    const forgedId = `${ourId.slice(0, ourId.indexOf('@') - 4)}aaaa@guichet.test`
    const found = await evidence({ To: forgedToken, 'In-Reply-To': `<${forgedId}>`, Subject: 'Re: [#1] your invoice' })
    expect(found).toEqual([{ by: 'externalId', externalId: forgedId }])
  })

  it.each([
    ['two ids without brackets', 'a@x b@y', ['a@x', 'b@y']],
    ['comments and broken brackets', '<a@x> (was: b) <<c@z> <d', ['a@x', 'c@z']],
    ['words', 'your message of yesterday', []],
  ])('takes from In-Reply-To what is an id: %s', async (_, value, ids) => {
    expect(
      (await evidence({ 'In-Reply-To': value }))?.map((item) => item.by === 'externalId' && item.externalId),
    ).toEqual(ids)
  })
})

describe('the subject of an answer', () => {
  it.each([
    ['Hello', 'Re: Hello'],
    ['Re: Re[2]: AW: Fwd: Hello', 'Re: Hello'],
    ['回复：Hello (fwd)', 'Re: Hello'],
    ['RE:RE: [#12] Note: it works', 'Re: [#12] Note: it works'],
    ['', 'Re:'],
  ])('of "%s" is "%s"', (subject, reply) => {
    expect(replySubject(subject)).toBe(reply)
  })

  it('does not grow with every answer', () => {
    fc.assert(
      fc.property(fc.string(), (subject) => {
        expect(replySubject(replySubject(subject))).toBe(replySubject(subject))
        expect(baseSubject(replySubject(subject))).toBe(baseSubject(subject))
      }),
    )
  })
})
