import { describe, expect, it } from 'vitest'
import { messagesChange, parsed, zoe, zoesAddress } from './support/webhook.ts'

describe('a new number or id', () => {
  const told = (system: object, from: object = {}) =>
    messagesChange({
      messages: [{ from: '16505551234', id: 'wamid.1', timestamp: '1749416383', type: 'system', system, ...from }],
    })

  it('is a new address of the same person', async () => {
    expect(await parsed(told({ type: 'user_changed_number', body: 'x', wa_id: '16505550000' }))).toEqual([
      {
        _tag: 'AddressChanged',
        from: '+16505551234',
        to: '+16505550000',
        phone: '+16505550000',
        at: 1_749_416_383_000,
      },
    ])
    const byId = { from: undefined, from_user_id: 'US.1' }
    expect(await parsed(told({ type: 'user_changed_user_id', user_id: 'US.2' }, byId))).toMatchObject([
      { _tag: 'AddressChanged', from: 'US.1', to: 'US.2' },
    ])
  })

  it('is one more where the address is the number, which stays', async () => {
    expect(await parsed(told({ type: 'user_changed_user_id', user_id: 'US.2' }))).toEqual([
      { _tag: 'AddressChanged', from: 'US.2', to: zoesAddress, phone: zoesAddress },
    ])
  })

  it('is one only where the kind of news says so', async () => {
    for (const kind of ['customer_identity_changed', 'something_new', 'constructor']) {
      expect(await parsed(told({ type: kind, body: 'x', wa_id: '499999999' }))).toEqual([
        { _tag: 'Ignored', reason: `system: ${kind}` },
      ])
    }
    expect(
      await parsed(
        told({ type: 'customer_changed_number', customer: zoe.wa_id, new_wa_id: '499999999' }, { from: '' }),
      ),
    ).toMatchObject([{ _tag: 'AddressChanged', from: zoesAddress, to: '+499999999' }])
  })

  it('is told each time that it changes, also back to what it was', async () => {
    const change = (from: string, to: string) => told({ type: 'user_changed_number', wa_id: to }, { from })
    const there = { _tag: 'AddressChanged', from: '+16505551234', to: '+16505550000' }
    const back = { _tag: 'AddressChanged', from: '+16505550000', to: '+16505551234' }
    const [out, home] = [change('16505551234', '16505550000'), change('16505550000', '16505551234')]
    expect(await parsed(out, out, home, out)).toMatchObject([there, back, there])
  })

  it('is told by the mapping of user ids as well', async () => {
    const update = { wa_id: '16505551234', user_id: { previous: 'US.1', current: 'US.2' }, timestamp: 1_749_416_383 }
    const parent = { parent_user_id: { previous: 'US.ENT.1', current: 'US.ENT.2' } }
    expect(
      await parsed({ field: 'user_id_update', value: { user_id_update: [update, parent, { user_id: {} }] } }),
    ).toEqual([
      { _tag: 'AddressChanged', from: 'US.1', to: zoesAddress, phone: zoesAddress },
      { _tag: 'AddressChanged', from: 'US.1', to: 'US.2', at: 1_749_416_383_000 },
      { _tag: 'AddressChanged', from: 'US.ENT.1', to: 'US.ENT.2' },
      { _tag: 'Ignored', reason: 'user_id_update: no change' },
    ])
  })
})
