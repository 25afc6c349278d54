import { filesOf } from '@guichet/engine/domain'
import { memoryBlobs } from '@guichet/engine/memory'
import type { Blobs, Storage } from '@guichet/engine/ports'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { feedNow, granted, message, officeOf, refused } from '../office.ts'
import type { Rig } from '../rig.ts'
import { contactOf, messageFrom, session, writes } from './people.ts'

/** A word that stands nowhere else. */
const secret = 'qzvxwkjh'

/** Everything that a store says about a workspace through its port, as one text. */
const everything = async (store: Storage, workspace: string, conversations: ReadonlyArray<string>): Promise<string> => {
  const found: Array<unknown> = []
  for (let after = 0; ; ) {
    const page = await store.stream({ workspace, after, limit: 500 })
    if (page.position === after) break
    found.push(page)
    after = page.position
  }
  for (const kind of ['contact', 'company', 'template', 'view', 'seat', 'consent']) {
    found.push(await store.documents({ workspace, kind, limit: 1_000 }))
  }
  for (const conversation of conversations) {
    found.push(await store.timeline({ workspace, conversation, limit: 1_000 }))
    for (const agent of ['ana', 'mia']) found.push(await store.draft(workspace, conversation, agent, 'reply'))
  }
  found.push(
    await store.load({
      conversations: conversations.map((id) => ({ workspace, id })),
      identities: [{ workspace, account: 'mail', address: `${secret}@example.org` }],
      externals: [],
      documents: [],
      deliveries: [],
      counters: [],
    }),
    await store.upcoming(workspace, 1_000),
    await store.settings(workspace),
    await store.search({ workspace, visibility: { _tag: 'All' }, words: [secret], filter: {}, limit: 10 }),
  )
  return JSON.stringify(found)
}

/** Whether the secret stands in the bytes of the store; undefined where nobody can look. */
const inBytes = async (rig: Rig, blobs: Blobs): Promise<boolean | undefined> => {
  const bytes = await rig.atRest({ blobs })
  return bytes && new TextDecoder('latin1').decode(bytes).includes(secret)
}

/** Zoe, with the secret in everything that is known of her and that was said with her. */
const plant = async (rig: Rig) => {
  const blobs = memoryBlobs()
  await rig.restart({ blobs })
  const office = await rig.office()
  const mia = session(office, 'mia')
  const from = { address: `${secret}@example.org`, name: `Zoe ${secret}`, email: `${secret}@example.org` }
  const bytes = Buffer.from(`a file about ${secret}`).toString('base64')
  const files = [{ name: `${secret}.txt`, mime: 'text/plain', bytes }]
  const subject = `About ${secret}`
  const first = messageFrom(from, `I am ${secret}`, { subject, files, id: `<${secret}.1@example.org>` })
  const [receipt] = await office.deliver('mail', first)
  const zoe = await contactOf(office, receipt)
  assert(receipt?._tag === 'Stored', 'the mail is stored')
  const mail = receipt.conversation
  const said = messageFrom({ address: `v-${secret}`, name: secret }, `chat of ${secret}`, { id: `wamid.${secret}` })
  const visitor = await contactOf(office, (await office.deliver('chat', said))[0])
  const [chat] = granted(await mia.contacts.history(visitor)).items
  assert(chat !== undefined, 'the visitor has a conversation')
  granted(await office.workspace.attributes.put({ id: 'secret', name: 'Secret', on: 'contact', kind: 'text' }))
  granted(await office.workspace.attributes.put({ id: 'topic', name: 'Topic', on: 'conversation', kind: 'text' }))
  granted(await mia.contacts.edit(zoe, { custom: { secret }, recordUrl: `https://crm.example/${secret}` }))
  granted(await mia.contacts.remark(zoe, `calls herself ${secret}`))
  granted(await mia.contacts.remark(visitor, `also ${secret}`))
  granted(await mia.contacts.merge(visitor, { into: zoe }))
  const ana = office.as('ana')
  granted(await ana.claim(mail))
  granted(await ana.reply(mail, { text: `Dear ${secret}` }))
  granted(await ana.note(mail, { text: `a note on ${secret}` }))
  granted(await ana.rename(mail, { title: `The ${secret} matter` }))
  granted(await ana.setAttributes(mail, { attributes: { topic: secret } }))
  granted(await ana.schedule(mail, { text: `Later, ${secret}`, at: rig.clock.now() + 3_600_000 }))
  granted(await ana.saveDraft(mail, `Dear ${secret}, about`))
  const [further] = await office.deliver('mail', messageFrom(from, `More of ${secret}`, { id: `<${secret}.2@x>` }))
  assert(further?._tag === 'Stored' && further.conversation !== mail, 'a mail that answers nothing is another matter')
  granted(await ana.rename(further.conversation, { title: `More of ${secret}` }))
  granted(await office.as('mia').merge(further.conversation, { into: mail }))
  await rig.engine().settle()
  const id = rig.provider.attempts().at(-1)?.externalId
  assert(id !== undefined, 'the reply has left')
  const error = { code: '550', message: `no such user: ${secret}` }
  await office.deliver('mail', { type: 'status', id, status: 'failed', error })
  const [blob] = granted(await ana.timeline(mail)).messages.flatMap(({ parts }) =>
    filesOf(parts).map((file) => file.blob),
  )
  assert(blob !== undefined && (await blobs.get(office.id, blob)) !== undefined, 'the file is there')
  granted(
    await mia.blocks.add({
      target: { _tag: 'Contact', contact: visitor },
      reason: 'a while',
      until: rig.clock.now() + 1,
    }),
  )
  const delivered = { mail: first, chat: said }
  return { office, mia, zoe, visitor, mail, chat: chat.id, merged: further.conversation, blobs, blob, delivered, id }
}

export const eraseCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G46 an erased contact is nowhere any more: in no read, no stream, no search, no row and no file',
    body: async (rig) => {
      const planted = await plant(rig)
      const { zoe, visitor, mail, chat, merged, blobs, blob } = planted
      const others = await planted.office.arrives('mail', message('ben@example.org', 'somebody else', { id: 'other' }))
      assert(
        (await everything(rig.store(), planted.office.id, [mail, chat, merged])).includes(secret),
        'the secret is planted',
      )
      same((await inBytes(rig, blobs)) ?? true, true, 'the secret in what the store keeps, before')
      granted(await session(officeOf(rig.engine(), planted.office.id), 'mia').contacts.erase(visitor))
      await rig.engine().settle()
      same((await inBytes(rig, blobs)) ?? false, false, 'the secret in what the store keeps, afterwards')
      const office = officeOf(rig.engine(), planted.office.id)
      const mia = session(office, 'mia')

      same(
        (await everything(rig.store(), office.id, [mail, chat, merged])).includes(secret),
        false,
        'the secret in the store',
      )
      const fed = JSON.stringify([await feedNow(office, office.workspace.feed), await feedNow(office, mia.feed)])
      same(fed.includes(secret), false, 'the secret in the feeds')
      for (const id of [zoe, visitor]) {
        same(refused(await mia.contacts.get(id)), { _tag: 'NotFound' }, 'the contact')
        same(refused(await mia.contacts.history(id)), { _tag: 'NotFound' }, 'its history')
      }
      for (const id of [mail, chat, merged])
        same(refused(await office.as('mia').get(id)), { _tag: 'NotFound' }, 'a conversation')
      same((await mia.contacts.find({ words: secret })).items, [], 'who is found')
      same(await blobs.get(office.id, blob), undefined, 'the file')
      same((await mia.blocks.list()).length, 0, 'blocks of the contact')
      same(granted(await office.as('mia').get(others)).status, 'open', 'what somebody else wrote')
    },
  },
  {
    name: 'G46 what an erased contact wrote is not taken for new when it is delivered once more, nor reports on it',
    body: async (rig) => {
      const { office, mia, zoe, delivered, id, mail } = await plant(rig)
      granted(await mia.contacts.erase(zoe))
      await rig.engine().settle()
      const before = await rig.store().position(office.id)
      for (const account of ['mail', 'chat'] as const) {
        const [receipt] = await office.deliver(account, delivered[account])
        same(receipt?._tag, 'Duplicate', `the same message on ${account}`)
      }
      const error = { code: '550', message: `no such user: ${secret}` }
      await office.deliver('mail', { type: 'status', id, status: 'failed', error })
      same(await rig.store().position(office.id), before, 'what was written down')
      same((await everything(rig.store(), office.id, [mail])).includes(secret), false, 'what a late report says')
      same((await mia.contacts.find({ words: secret })).items, [], 'who is known again')
    },
  },
  {
    name: 'G46 an erasure that is interrupted goes on after a restart, and is journaled without a word about whom',
    body: async (rig) => {
      const { office, mia, zoe, mail, chat, merged, blobs } = await plant(rig)
      const since = await office.workspace.position()
      // Nobody is blocked any more, and 60 more conversations make two pieces of work of it.
      await rig.clock.advance(2)
      for (let n = 0; n < 60; n += 1) await office.arrives('mail', messageOf(n))
      granted(await mia.contacts.erase(zoe))
      const engine = await rig.restart({ blobs })
      await engine.settle()
      await rig.clock.advance(60_000)
      await engine.settle()
      same(
        (await everything(rig.store(), office.id, [mail, chat, merged])).includes(secret),
        false,
        'the secret in the store',
      )
      const page = await rig.store().stream({ workspace: office.id, after: since, limit: 500 })
      const lines = page.items.flatMap((item) =>
        item._tag === 'Entry' && item.entry.kind === 'record' ? [[item.entry.type, item.entry.actor]] : [],
      )
      same(
        lines,
        [
          ['ContactErased', 'mia'],
          ['ContactErased', 'engine'],
        ],
        'the journal',
      )
      const erased = engine.workspace(office.id).feed({ since })
      for await (const item of erased) {
        if (item._tag !== 'Workspace') continue
        same(item.entry.what, { _tag: 'ContactErased', contact: zoe, conversations: 62 }, 'what the workspace says')
        break
      }
    },
  },
  {
    name: 'G46 whoever writes from an erased address is somebody new',
    body: async (rig) => {
      const { office, mia, zoe } = await plant(rig)
      granted(await mia.contacts.erase(zoe))
      const again = await writes(office, 'mail', { address: `${secret}@example.org` })
      assert(again !== zoe, 'another contact')
      await rig.engine().settle()
      const seen = granted(await mia.contacts.get(again))
      same(
        [seen.provisional, seen.remarks, granted(await mia.contacts.history(again)).items.length],
        [true, [], 1],
        'who',
      )
    },
  },
  {
    name: 'G46 an export holds what is known of a contact and what was said, and not what colleagues noted',
    body: async (rig) => {
      const { office, mia, zoe, visitor } = await plant(rig)
      const { contact, conversations } = granted(await mia.contacts.export(visitor))
      same([contact.id, contact.identities.length, contact.custom], [zoe, 2, { secret }], 'the contact')
      const said = JSON.stringify(conversations)
      for (const words of [`I am ${secret}`, `Dear ${secret}`, `chat of ${secret}`, `${secret}.txt`]) {
        same(said.includes(words), true, `"${words}" in the export`)
      }
      for (const words of ['a note on', 'calls herself', 'also', 'a while']) {
        same(JSON.stringify({ contact, conversations }).includes(words), false, `"${words}" in the export`)
      }
      const forbidden = { _tag: 'Forbidden', action: 'eraseContacts' } as const
      const ana = session(office, 'ana').contacts
      same(refused(await ana.export(zoe)), forbidden, 'an export by Ana')
      same(refused(await ana.erase(zoe)), forbidden, 'an erasure by Ana')
      same(refused(await session(office, 'dan').contacts.export(zoe)), { _tag: 'NotFound' }, 'by who does not see her')
    },
  },
]

const messageOf = (n: number) => messageFrom({ address: `${secret}@example.org` }, `Mail ${n} of ${secret}`)
