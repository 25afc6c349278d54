import type { BlockTarget } from '@guichet/engine/domain'
import { memoryBlobs } from '@guichet/engine/memory'
import type { Blobs, Receipt } from '@guichet/engine/ports'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, listed, message, officeOf, refused } from '../office.ts'
import { type From, messageFrom, session, writes } from './people.ts'

const blocked: Receipt = { _tag: 'Rejected', reason: 'Blocked' }

const block = async (office: Office, target: BlockTarget, until?: number) =>
  granted(
    await session(office, 'mia').blocks.add({ target, reason: 'noise', ...(until === undefined ? {} : { until }) }),
  )

const hears = async (office: Office, account: string, from: From): Promise<boolean> => {
  const [receipt] = await office.deliver(account, messageFrom(from, 'Is anybody there?'))
  if (receipt?._tag === 'Stored') return true
  same(receipt, blocked, 'what a blocked sender is answered')
  return false
}

export const blockCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G35 a block holds by contact, identity, range and pattern, and nothing at all is created',
    body: async (rig) => {
      const office = await rig.office()
      const zoe = await writes(office, 'chat', { address: 'zoe' })
      await block(office, { _tag: 'Contact', contact: zoe })
      await block(office, { _tag: 'Identity', address: 'yan' })
      await block(office, { _tag: 'Identity', address: 'xia', account: 'chat2' })
      await block(office, { _tag: 'Ip', range: '192.0.2.0/24' })
      await block(office, { _tag: 'Ip', range: '2001:db8::/32' })
      await block(office, { _tag: 'Pattern', pattern: '*@Spam.example' })

      const before = await rig.store().position(office.id)
      for (const [account, from] of [
        ['chat', { address: 'zoe' }],
        ['chat', { address: 'YAN' }],
        ['mail', { address: 'yan' }],
        ['chat2', { address: 'xia' }],
        ['chat', { address: 'v1', ip: '192.0.2.77' }],
        ['chat', { address: 'v2', ip: '::ffff:192.0.2.77' }],
        ['chat', { address: 'v3', ip: '2001:db8:0:1::7' }],
        ['mail', { address: 'offers@spam.example' }],
      ] as const) {
        same(await hears(office, account, from), false, `${from.address} is heard on ${account}`)
      }
      same(await rig.store().position(office.id), before, 'the stream after messages of blocked senders')
      same((await session(office, 'mia').contacts.find()).items.length, 1, 'contacts')
      same((await listed(office.as('mia'))).length, 1, 'conversations')

      for (const [account, from] of [
        ['chat', { address: 'xia' }],
        ['chat', { address: 'v4', ip: '198.51.100.7' }],
        ['chat', { address: 'v5', ip: 'no address' }],
        ['mail', { address: 'zoe@example.org' }],
      ] as const) {
        same(await hears(office, account, from), true, `${from.address} is heard on ${account}`)
      }
    },
  },
  {
    name: 'G35 a block has a reason and an end, and who is not blocked any more is heard again',
    body: async (rig) => {
      const office = await rig.office()
      const mia = session(office, 'mia')
      const until = rig.clock.now() + 60_000
      const first = await block(office, { _tag: 'Identity', address: 'zoe' }, until)
      same([first.reason, first.by, first.until], ['noise', 'mia', until], 'the block')
      same(await hears(office, 'chat', { address: 'zoe' }), false, 'before its end')
      await rig.clock.advance(60_000)
      same(await hears(office, 'chat', { address: 'zoe' }), true, 'after its end')

      const second = await block(office, { _tag: 'Pattern', pattern: 'zo*' })
      same(await hears(office, 'chat', { address: 'zoe' }), false, 'while the second holds')
      granted(await mia.blocks.remove(second.id))
      same(await hears(office, 'chat', { address: 'zoe' }), true, 'after it was taken back')
      same(
        (await mia.blocks.list()).map(({ id }) => id),
        [first.id],
        'blocks that are left',
      )
    },
  },
  {
    name: 'G35 a block that one engine was told of holds at once on every other, and nothing is created there either',
    body: async (rig) => {
      const office = await rig.office()
      const blobs = memoryBlobs()
      const kept = new Set<string>()
      const watched: Blobs = {
        ...blobs,
        put: (workspace, key, bytes) => (kept.add(key), blobs.put(workspace, key, bytes)),
        delete: (workspace, key) => (kept.delete(key), blobs.delete(workspace, key)),
      }
      const there = officeOf(await rig.start({ blobs: watched }), office.id)
      same(await hears(there, 'chat', { address: 'zoe' }), true, 'before')
      const before = await rig.store().position(office.id)
      const zoe = await block(office, { _tag: 'Identity', address: 'zoe' })
      const files = [{ name: 'a.txt', mime: 'text/plain', bytes: Buffer.from('a file').toString('base64') }]
      const events = [
        messageFrom({ address: 'zoe' }, 'One', { files }),
        messageFrom({ address: 'zoe' }, 'Two'),
        messageFrom({ address: 'yan' }, 'Three'),
      ]
      const receipts = await there.deliver('chat', ...events)
      same(receipts.slice(0, 2), [blocked, blocked], 'what she writes to the other engine')
      same(receipts[2]?._tag, 'Stored', 'what somebody else writes')
      same(kept.size, 0, 'files that are kept')
      const { items } = await rig.store().stream({ workspace: office.id, after: before, limit: 10 })
      same(items.length, 1, 'what was written down')
      granted(await session(office, 'mia').blocks.remove(zoe.id))
      await rig.clock.advance(1_000)
      same(await hears(there, 'chat', { address: 'zoe' }), true, 'a second after the block was lifted')
    },
  },
  {
    name: 'G35 a block that would mean nothing or everybody is refused, and blocking takes a permission',
    body: async (rig) => {
      const office = await rig.office()
      const { blocks } = session(office, 'mia')
      for (const target of [
        { _tag: 'Ip', range: '0.0.0.0/0' },
        { _tag: 'Ip', range: '::/0' },
        { _tag: 'Ip', range: '::ffff:0.0.0.0/96' },
        { _tag: 'Ip', range: '192.0.2.0/33' },
        { _tag: 'Ip', range: '10.1' },
        { _tag: 'Pattern', pattern: '*' },
        { _tag: 'Pattern', pattern: '*@*.*' },
        { _tag: 'Identity', address: ' ' },
      ] as const) {
        same(refused(await blocks.add({ target, reason: 'noise' }))._tag, 'Invalid', JSON.stringify(target))
      }
      const target = { _tag: 'Identity', address: 'zoe' } as const
      same(refused(await blocks.add({ target, reason: ' ' }))._tag, 'Invalid', 'without a reason')
      const past = rig.clock.now()
      same(refused(await blocks.add({ target, reason: 'noise', until: past }))._tag, 'PastTime', 'over at once')
      const ana = session(office, 'ana').blocks
      same(refused(await ana.add({ target, reason: 'noise' })), { _tag: 'Forbidden', action: 'manageBlocks' }, 'Ana')
      same(await ana.list(), [], 'what Ana sees of blocks')
      same(await hears(office, 'chat', { address: 'zoe' }), true, 'nobody is blocked')
    },
  },
  {
    name: 'G35 a blocked contact changes nothing of what it said, and is the same person after a merge',
    body: async (rig) => {
      const office = await rig.office()
      const mia = session(office, 'mia')
      const conversation = await office.arrives('chat', message('zoe', 'as it was', { id: 'm1' }))
      const zoe = granted(await office.as('mia').get(conversation)).contact.id
      const other = await writes(office, 'mail', { address: 'zoe@example.org' })
      granted(await mia.contacts.merge(zoe, { into: other }))
      await block(office, { _tag: 'Contact', contact: other })
      same(await hears(office, 'chat', { address: 'zoe' }), false, 'by the address of the one that went into it')
      same(await office.deliver('chat', { type: 'edit', id: 'm1', text: 'as it never was' }), [blocked], 'an edit')
      const { messages } = granted(await office.as('mia').timeline(conversation))
      same(
        messages.map(({ text }) => text),
        ['as it was'],
        'what stands there',
      )
      const seen = granted(await mia.contacts.get(zoe))
      assert(seen.blocks.length === 1, 'the contact says that it is blocked')
      // Ana sees the conversation, and with it the contact.
      const byAna = granted(await session(office, 'ana').contacts.get(zoe))
      same(byAna.blocks, [], 'what Ana, who may not block, is shown of it')
    },
  },
  {
    name: 'G35 spam stays a status of its own: its sender is stored, in silence',
    body: async (rig) => {
      const office = await rig.office()
      const conversation = await office.arrives('chat', message('zoe', 'buy this'))
      granted(await office.as('ana').spam(conversation))
      const [receipt] = await office.deliver('chat', message('zoe', 'and this'))
      assert(receipt?._tag === 'Stored' && receipt.conversation === conversation, 'the second message is stored there')
      same(granted(await office.as('ana').get(conversation)).status, 'spam', 'the status')
    },
  },
]
