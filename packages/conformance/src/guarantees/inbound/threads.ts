import fc from 'fast-check'
import { assert, same } from '../../assert.ts'
import { tokenOf } from '../../channel/loopback-protocol.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, listed, message, secret } from '../office.ts'

/** The newest message of a conversation: why it is there, and whether a stranger wrote it. */
const newest = async (office: Office, id: string) => {
  const last = (await history(office.as('mia'), id)).messages.at(-1)
  return { text: last?.text, matched: last?.matched, stranger: last?.stranger }
}

export const tokenCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G13 a token from one of our messages leads an answer to its conversation, whoever writes from wherever',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('mail', message('zoe', 'hello'))
      await office.as('ana').reply(id, { text: 'bonjour' })
      await rig.engine().settle()
      const token = rig.provider.attempts()[0]?.token ?? ''
      same(await office.arrives('mail', message('zoe at home', 'thanks', { token })), id, 'where it was put')
      same(await newest(office, id), { text: 'thanks', matched: 'token', stranger: true }, 'what is recorded')
      same(await office.arrives('mail', message('zoe at home', 'again', { token })), id, 'where the next was put')
      same(await newest(office, id), { text: 'again', matched: 'token', stranger: false }, 'she is known by now')
    },
  },
  {
    name: 'G13 a forged token is no evidence, and one of another account, workspace or deleted conversation leads nowhere',
    body: async (rig) => {
      const [office, elsewhere] = [await rig.office(), await rig.office()]
      const id = await office.arrives('mail', message('zoe', 'hello'))
      const gone = await office.arrives('mail', message('yan', 'hello'))
      granted(await office.as('mia').delete(gone))
      const tokens: ReadonlyArray<readonly [Office, string, string]> = [
        [office, 'mail', `${id}.${'0'.repeat(32)}`],
        [office, 'mail', id],
        [office, 'mail', ''],
        [office, 'mail', tokenOf('another secret', id)],
        [office, 'mail', tokenOf(secret, gone)],
        [office, 'mail2', tokenOf(secret, id)],
        [elsewhere, 'mail', tokenOf(secret, id)],
      ]
      for (const [n, [at, account, token]] of tokens.entries()) {
        const found = await at.arrives(account, message('mallory', `try ${n}`, { token }))
        assert(found !== id && found !== gone, `the token of try ${n} was believed`)
      }
      same((await history(office.as('mia'), id)).messages.length, 1, 'messages of the conversation')
      same((await office.as('mia').get(gone)).ok, false, 'the deleted one is gone')
    },
  },
]

export const evidenceCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G14 a stranger who answers a known message joins its conversation and is flagged',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('mail', message('zoe', 'hello', { id: 'm1' }))
      same(await office.arrives('mail', message('zoe', 'more', { answers: ['unknown', 'm1'] })), id, 'the same person')
      same(await newest(office, id), { text: 'more', matched: 'externalId', stranger: false }, 'known')
      same(await office.arrives('mail', message('yan', 'me too', { answers: ['m1'] })), id, 'a colleague of hers')
      same(await newest(office, id), { text: 'me too', matched: 'externalId', stranger: true }, 'a stranger')
    },
  },
  {
    name: 'G14 an answer to our own mail joins its conversation by the id we gave it',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('mail', message('zoe', 'hello'))
      granted(await office.as('ana').reply(id, { text: 'bonjour' }))
      await rig.engine().settle()
      const ownId = rig.provider.attempts()[0]?.ownId ?? ''
      same(await office.arrives('mail', message('zoe', 'thanks', { answers: [ownId] })), id, 'where it was put')
      same(await newest(office, id), { text: 'thanks', matched: 'externalId', stranger: false }, 'what is recorded')
    },
  },
  {
    name: 'G14 a quoted subject only counts from somebody who takes part; a stranger gets a conversation of her own',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('mail', message('zoe', 'hello', { subject: 'Order 7' }))
      same(await office.arrives('mail', message('zoe', 'more', { about: id })), id, 'from the one who wrote first')
      same(await newest(office, id), { text: 'more', matched: 'subject', stranger: false }, 'what is recorded')
      const other = await office.arrives('mail', message('mallory', 'let me see', { about: id }))
      assert(other !== id, 'a stranger was let in by a number')
      same((await history(office.as('mia'), id)).messages.length, 2, 'messages of the conversation')
      const foreign = await office.arrives('mail2', message('zoe', 'to the other mailbox', { about: id }))
      assert(foreign !== id, 'the number of another account was believed')
    },
  },
  {
    name: 'G14 of any evidence, the first that holds in this account decides',
    body: async (rig) => {
      let run = 0
      const people = ['zoe', 'yan', 'mallory']
      const pick = fc.option(fc.nat(7), { nil: undefined })
      const step = fc.record({
        account: fc.constantFrom('mail', 'mail2'),
        from: fc.constantFrom(...people),
        token: pick,
        answers: fc.array(fc.nat(9), { maxLength: 2 }),
        about: pick,
      })
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
          run += 1
          const office = await rig.office()
          // What the law says, kept beside the engine: conversations by their order, and where each id belongs.
          const conversations: Array<{ readonly id: string; readonly account: string; readonly known: Set<string> }> =
            []
          const byId = new Map<string, (typeof conversations)[number]>()
          for (const [n, { account, from, ...evidence }] of steps.entries()) {
            const [token, about] = [evidence.token, evidence.about].map((at) =>
              at === undefined ? undefined : conversations[at],
            )
            const answers = evidence.answers.map((at) => `m${at}`)
            const said = message(from, `words ${n}`, {
              id: `m${n}`,
              answers,
              ...(token === undefined ? {} : { token: tokenOf(secret, token.id) }),
              ...(about === undefined ? {} : { about: about.id }),
            })
            const candidates = [
              ['token', token],
              ...answers.map((id) => ['externalId', byId.get(`${account} ${id}`)] as const),
              ['subject', about?.known.has(from) === true ? about : undefined],
            ] as const
            const [matched, expected] = candidates.find(([, one]) => one?.account === account) ?? ['none', undefined]
            const found = await office.arrives(account, said)
            if (expected === undefined) {
              assert(
                conversations.every(({ id }) => id !== found),
                `message ${n} of run ${run} was put to a conversation without evidence`,
              )
              conversations.push({ id: found, account, known: new Set() })
            } else {
              same(found, expected.id, `where message ${n} was put`)
            }
            const home = conversations.find(({ id }) => id === found)
            assert(home !== undefined, 'the conversation is known')
            const stranger = expected !== undefined && !home.known.has(from)
            same(await newest(office, found), { text: `words ${n}`, matched, stranger }, `message ${n}`)
            home.known.add(from)
            byId.set(`${account} m${n}`, home)
          }
          same((await listed(office.as('mia'))).length, conversations.length, 'conversations')
        }),
        { numRuns: 20 },
      )
    },
  },
]
