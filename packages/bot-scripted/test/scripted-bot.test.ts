import { describe, expect, it } from 'vitest'
import { scriptedBot } from '../src/index.ts'
import { shop } from './shop.ts'
import { emptyContext, inShort, talk } from './talk.ts'

const menu = 'My parcel | Opening hours | Return something'

describe('a scripted bot', () => {
  it('begins with its first step, or with the keyword that the customer begins with', async () => {
    expect(await talk(scriptedBot(shop)).says('hi')).toEqual(['How can I help?', menu])
    expect(await talk(scriptedBot(shop)).says('Is there a person?')).toEqual(['One moment.', 'AskDetails'])
  })

  it('understands a menu by its button, number, label and words, whatever their case and accents', async () => {
    for (const words of ['2', ' 2. ', 'Opening hours', 'OPENING  HOURS!', 'are you open on Sunday?', 'Ouvért ?']) {
      const conversation = talk(scriptedBot(shop))
      await conversation.says('hi')
      expect([words, await conversation.says(words)]).toEqual([words, ['From 9 to 5.']])
    }
    const conversation = talk(scriptedBot(shop))
    await conversation.says('hi')
    expect(await conversation.sends({ _tag: 'Chosen', choice: 'hello/2', label: 'Opening hours' })).toEqual([
      'From 9 to 5.',
    ])
  })

  it('hears whole words only, except where a script writes without spaces', async () => {
    const conversation = talk(scriptedBot(shop))
    await conversation.says('hi')
    expect(await conversation.says('an opener')).toEqual(['I did not get that.', menu])
    expect(await conversation.says('我要找人工客服谢谢')).toEqual(['One moment.', 'AskDetails'])
  })

  it('goes through steps that follow from each other in one answer', async () => {
    const conversation = talk(scriptedBot(shop))
    await conversation.says('hi')
    expect(await conversation.says('1')).toEqual(['Its number?'])
    expect(await conversation.says('AB 12')).toEqual(['Tag', 'One moment.', 'AskDetails'])
  })

  it('asks a form, and goes on when it is answered, in words as well', async () => {
    for (const words of [false, true]) {
      const conversation = talk(scriptedBot(shop))
      await conversation.says('hi')
      expect(await conversation.says('3')).toEqual(['What would you return?', 'form Return'])
      const values = { order: '12', email: 'zoe@example.org' }
      const answer = words
        ? await conversation.says('order 12, zoe@example.org')
        : await conversation.sends({ _tag: 'FormAnswer', form: 'script/return', values })
      expect(answer).toEqual(['One moment.', 'AskDetails'])
    }
  })

  it('asks again what it does not understand, and calls people after so many times', async () => {
    const conversation = talk(scriptedBot(shop))
    await conversation.says('hi')
    expect(await conversation.says('hm')).toEqual(['I did not get that.', menu])
    expect(await conversation.says('well')).toEqual(['I did not get that.', menu])
    expect(await conversation.says('you know')).toEqual(['I call a colleague.', 'HandOver'])
  })

  it('counts anew once it has understood', async () => {
    const conversation = talk(scriptedBot({ ...shop, fallback: { say: 'Pardon?', times: 1 } }))
    await conversation.says('hi')
    await conversation.says('hm')
    expect(await conversation.says('1')).toEqual(['Its number?'])
    await conversation.says('x')
    expect(await conversation.says('hello')).toEqual(['How can I help?', menu])
    expect(await conversation.says('hm')).toEqual(['Pardon?', menu])
    expect(await conversation.says('hm')).toEqual(['HandOver'])
  })

  it('takes the newest of several messages that means something', async () => {
    const conversation = talk(scriptedBot(shop))
    await conversation.says('hi')
    expect(await conversation.says('1', 'no, 2', 'please!')).not.toEqual(['I did not get that.', menu])
  })

  it('knows an answer to what it said also where a provider has dated it before that', async () => {
    const context = {
      ...emptyContext,
      messages: [
        { seq: 1, by: 'contact', bot: null, parts: [], text: 'hi', sentAt: 1000, memory: null },
        {
          seq: 3,
          by: 'contact',
          bot: null,
          parts: [{ _tag: 'Chosen', choice: 'hello/2', label: 'Opening hours' }],
          text: 'Opening hours',
          sentAt: 1000,
          memory: null,
        },
        { seq: 2, by: 'bot', bot: shop.name, parts: [], text: '', sentAt: 1400, memory: { step: 'hello', missed: 0 } },
      ],
    } as const
    const said = await scriptedBot(shop).respond(context, { signal: new AbortController().signal, now: 0 })
    expect(inShort(said)).toEqual(['From 9 to 5.'])
  })

  it('speaks the language of the contact, of its region or not, and its own to everybody else', async () => {
    const french = 'Puis-je vous aider ?'
    for (const [language, words] of [
      ['fr', french],
      ['fr-CA', french],
      ['FR', french],
      ['en-GB', 'How can I help?'],
      ['de', 'How can I help?'],
      [null, 'How can I help?'],
    ] as const) {
      expect([language, (await talk(scriptedBot(shop), language).says('hi'))[0]]).toEqual([language, words])
    }
  })

  it('begins again after its end, and after people have talked', async () => {
    const conversation = talk(scriptedBot(shop))
    await conversation.says('hi')
    expect(await conversation.says('merci')).toEqual(['Goodbye.', 'Close'])
    expect(await conversation.says('one more thing')).toEqual(['How can I help?', menu])
    conversation.person('I can tell you')
    expect(await conversation.says('2')).toEqual(['How can I help?', menu])
  })

  it('says again what it said last when it is run by hand and the customer has not written since', async () => {
    const conversation = talk(scriptedBot(shop))
    expect(await conversation.asked()).toEqual(['How can I help?', menu])
    await conversation.says('1')
    expect(await conversation.asked()).toEqual(['Its number?'])
  })

  it('is not led astray by a memory that is not its own, nor by a script that has changed since', async () => {
    for (const memory of [
      null,
      'hello',
      3,
      [],
      { step: 'gone' },
      { step: '__proto__' },
      { step: 'hello', missed: 'x' },
    ]) {
      const parts = [{ _tag: 'Text' as const, text: 'before' }]
      const old = { seq: 1, by: 'bot' as const, bot: 'porter', parts, text: 'before', sentAt: 0, memory }
      const next = { ...old, seq: 2, by: 'contact' as const, bot: null, text: '2', memory: null }
      const bot = scriptedBot(shop)
      const call = { signal: new AbortController().signal, now: 0 }
      const said = inShort(await bot.respond({ ...emptyContext, messages: [old, next] }, call))
      const stands = typeof memory === 'object' && memory !== null && 'missed' in memory
      expect(said).toEqual(stands ? ['From 9 to 5.'] : ['How can I help?', menu])
    }
  })

  it('follows the script as it was when it was made', async () => {
    const mine = structuredClone(shop) as { steps: Record<string, { say?: unknown }> } & typeof shop
    const bot = scriptedBot(mine)
    delete mine.steps['hello']
    expect((await talk(bot).says('hi'))[0]).toBe('How can I help?')
  })
})
