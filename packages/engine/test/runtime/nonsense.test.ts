import type { InboundEvent } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { openShop, value } from './telegraph.ts'

const hello = (externalId: string) => ({
  _tag: 'MessageReceived',
  externalId,
  from: { address: 'claire' },
  parts: [{ _tag: 'Text', text: 'Bonjour' }],
})

/** What a plugin may hand over that no type allows. */
const nonsense: ReadonlyArray<readonly [string, unknown]> = [
  ['nothing', null],
  ['a word', 'hello'],
  ['a report with a number for an id', { _tag: 'DeliveryReported', externalId: 5, status: 'sent' }],
  ['a report without an id', { _tag: 'MessageDeleted' }],
  ['a report of an unknown kind', { _tag: 'DeliveryReported', externalId: 'x', status: 'banana' }],
  ['a watermark with an object for an address', { _tag: 'ReadUpTo', address: {}, seq: 1, status: 'read' }],
  ['a watermark at no number', { _tag: 'ReadUpTo', address: 'claire', seq: 'x', status: 'read' }],
  ['a report with a key that is none', { _tag: 'DeliveryReported', externalId: 'm', status: 'read', reference: 4 }],
  ['a time up to which nothing is a time', { _tag: 'ReadBefore', address: 'claire', upTo: 'noon', status: 'read' }],
  ['a status that is none', { _tag: 'ReadBefore', address: 'claire', upTo: 1, status: 'seen' }],
  ['an echo to nobody', { _tag: 'MessageEchoed', externalId: 'm', to: '', parts: [] }],
  ['an echo of no words at all', { _tag: 'MessageEchoed', externalId: 'm', to: 'claire', parts: 'words' }],
  ['consent to half of it', { _tag: 'ConsentChanged', address: 'claire', given: true, scope: 'half', by: 'STOP' }],
  ['an address that became a number', { _tag: 'AddressChanged', from: 'claire', to: 6 }],
  ['an address too long to be found', { _tag: 'AddressChanged', from: 'claire', to: 'a'.repeat(600) }],
  ['control that is neither', { _tag: 'ControlChanged', address: 'claire', ours: 'yes' }],
  ['a health that is none', { _tag: 'HealthReported', level: 'fine', code: 'X', message: '' }],
  ['a health at no time', { _tag: 'HealthReported', level: 'ok', code: 'X', message: '', at: 'noon' }],
  ['a file that nobody holds', { _tag: 'MessageEchoed', externalId: 'm', to: 'x', parts: [{ _tag: 'RemoteFile' }] }],
  ['an end of nobody', { _tag: 'Ended', address: [] }],
  ['a message from nobody', { ...hello('a'), from: undefined }],
  ['a message from an object', { ...hello('a'), from: { address: { trim: 1 } } }],
  ['a message with an object for a subject', { ...hello('a'), subject: {} }],
  ['a message with a list for a name', { ...hello('a'), from: { address: 'claire', name: [] } }],
  ['a message that quotes an object', { ...hello('a'), quotes: {} }],
  ['a message with senseless evidence', { ...hello('a'), evidence: [{ by: 'externalId', externalId: {} }] }],
  ['a message with no parts', { ...hello('a'), parts: 'text' }],
  ['a message with an unknown part', { ...hello('a'), parts: [{ _tag: 'Banana' }] }],
  ['a message with a number for a text', { ...hello('a'), parts: [{ _tag: 'Text', text: 5 }] }],
  ['an answer to no form', { ...hello('a'), parts: [{ _tag: 'FormAnswer', values: {} }] }],
  ['an answer of lists', { ...hello('a'), parts: [{ _tag: 'FormAnswer', form: 'f', values: { a: ['b'] } }] }],
  ['an answer that is a list', { ...hello('a'), parts: [{ _tag: 'FormAnswer', form: 'f', values: ['b'] }] }],
  ['a choice of a number', { ...hello('a'), parts: [{ _tag: 'Chosen', choice: 5, label: 'Five' }] }],
  ['a place beyond the pole', { ...hello('a'), parts: [{ _tag: 'Location', latitude: 91, longitude: 0 }] }],
  ['a card without addresses', { ...hello('a'), parts: [{ _tag: 'ContactCard', name: 'Zoe' }] }],
  ['an offer that runs', { ...hello('a'), parts: [{ _tag: 'Product', title: 'A', url: 'javascript:x()' }] }],
  ['an address that no index holds', { ...hello('a'), from: { address: 'x'.repeat(513) } }],
  ['a form of a customer', { ...hello('a'), parts: [{ _tag: 'Form', form: { id: 'f', title: 'F', fields: [] } }] }],
  ['a file without bytes', { ...hello('a'), parts: [{ _tag: 'File', file: { name: 'a', mime: 'b', bytes: {} } }] }],
]

describe('an event that makes no sense', () => {
  it.each(nonsense)('such as %s is set aside, and those beside it are stored', async (_, event) => {
    const { engine, post } = await openShop({ capabilities: { threading: 'thread' } })
    const answer = await post([hello('before'), event, hello('after')])
    const { receipts } = (await answer.json()) as { readonly receipts: ReadonlyArray<{ readonly _tag: string }> }
    expect([answer.status, receipts.map((receipt) => receipt._tag)]).toEqual([200, ['Stored', 'Quarantined', 'Stored']])
    await engine.close()
  })

  it('and cannot even be written down is set aside with its reason', async () => {
    const { engine, post } = await openShop({
      channel: { parse: () => [{ ...hello('a'), meta: { big: 10n } }, hello('b')] as unknown as Array<InboundEvent> },
    })
    const answer = await post([])
    const { receipts } = (await answer.json()) as { readonly receipts: ReadonlyArray<{ readonly _tag: string }> }
    expect([answer.status, receipts.map((receipt) => receipt._tag)]).toEqual([200, ['Quarantined', 'Stored']])
    await engine.close()
  })
})

describe('a check of who sends', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
    ['answers with something else than yes', () => 'no' as unknown as boolean],
  ])('that %s is a no', async (_, verify) => {
    const { engine, post } = await openShop({ channel: { verify } })
    expect((await post([hello('a')])).status).toBe(401)
    await engine.close()
  })
})

describe('a parse that spoils its bytes and then fails', () => {
  it('does not spoil what is set aside', async () => {
    const { engine, post } = await openShop({
      channel: {
        parse: (request) => {
          request.body.fill(0)
          throw new Error('no')
        },
      },
    })
    await post('raw')
    const [kept] = await engine.workspace('shop').quarantine.list()
    expect(new TextDecoder().decode(kept?.raw)).toBe('raw')
    await engine.close()
  })
})

describe('an attachment', () => {
  const withFile = (text: string): InboundEvent => ({
    _tag: 'MessageReceived',
    externalId: 'known',
    from: { address: 'claire' },
    parts: [{ _tag: 'File', file: { name: 'a.txt', mime: 'text/plain', bytes: new TextEncoder().encode(text) } }],
  })

  it('cannot be replaced by a second message under the id of the first', async () => {
    let text = 'original'
    const { engine, post, opened } = await openShop({ channel: { parse: () => [withFile(text)] } })
    await post([])
    text = 'forged'
    await post([])
    const ana = engine.workspace('shop').as('ana').conversations
    const id = await opened()
    const { messages } = await value(ana.timeline(id))
    const part = messages[0]?.parts[0]
    const { bytes } = await value(ana.file(id, part?._tag === 'File' ? part.file.blob : ''))
    expect(new TextDecoder().decode(bytes)).toBe('original')
    await engine.close()
  })

  it('does not come back when a message is delivered again that has been deleted', async () => {
    const { engine, post, opened, blobs } = await openShop({ channel: { parse: () => [withFile('a secret')] } })
    await post([])
    const id = await opened()
    const chloe = engine.workspace('shop').as('chloe').conversations
    const { messages } = await value(chloe.timeline(id))
    const part = messages[0]?.parts[0]
    const blob = part?._tag === 'File' ? part.file.blob : ''
    await value(chloe.delete(id))
    await engine.settle()
    await post([])
    expect(await blobs.get('shop', blob)).toBeUndefined()
    await engine.close()
  })
})
