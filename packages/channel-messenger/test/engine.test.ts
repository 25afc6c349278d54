import { describe, expect, it } from 'vitest'
import { accountsOf } from '../src/index.ts'
import { openDesk } from './support/desk.ts'
import { openGraph } from './support/graph.ts'
import {
  appId,
  fromMarie,
  fromPage,
  instagramAccount,
  marie,
  otherApp,
  page,
  pageBody,
  pageSettings,
  requestOf,
} from './support/payloads.ts'

const hour = 3_600_000

/** A desk with a page at Meta, to which Marie writes now. */
const town = async () => {
  const graph = await openGraph({ node: page, token: pageSettings.token })
  const desk = await openDesk(graph)
  const now = Date.now()
  graph.setNow(now)
  const says = (mid: string, text: string, at = now) => {
    graph.wrote(marie, at)
    return fromMarie({ message: { mid, text } }, { timestamp: at })
  }
  return { graph, now, says, ...desk }
}

type Town = Awaited<ReturnType<typeof town>>

/** The one conversation that there is. */
const onlyOne = async ({ conversations }: Town): Promise<string> => {
  const [conversation, ...more] = await conversations()
  expect(more).toEqual([])
  return conversation?.id ?? ''
}

describe('the engine with a page', () => {
  it('makes a conversation of a message, sends the answer, and hears what became of it', async () => {
    const here = await town()
    const { graph, ana, engine, post, says, now, messages, problems } = here
    expect(await post(pageBody([says('m_1', 'Are you open?')]))).toMatchObject({ status: 200 })
    const id = await onlyOne(here)
    expect(await ana.conversations.reply(id, { text: 'Until six.' })).toMatchObject({ ok: true })
    await engine.settle()
    const [sent] = graph.taken
    expect(sent).toMatchObject({ to: marie, body: { message: { text: 'Until six.' } } })
    const status = async () => (await messages(id))[1]?.delivery?.status
    expect(await status()).toBe('sent')
    await post(pageBody([fromMarie({ delivery: { mids: [sent?.mid], watermark: now } })]))
    expect(await status()).toBe('delivered')
    await post(pageBody([fromMarie({ read: { watermark: Date.now() } })]))
    expect(await status()).toBe('read')
    expect(problems).toEqual([])
  })

  it('is asked by Meta whether the address is ours, and answers with the challenge alone', async () => {
    const { callback } = await town()
    const ask = (token: string) =>
      fetch(`${callback}/acme/shop?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`)
    const answered = await ask('ours')
    expect([answered.status, await answered.text()]).toEqual([200, '1158201444'])
    expect((await ask('theirs')).status).toBe(403)
  })

  it('G02 stores and announces once what comes doubled, delayed and out of order', async () => {
    const here = await town()
    const { post, says, now, messages } = here
    const first = pageBody([says('m_1', 'One', now - 2_000)])
    const second = pageBody([says('m_2', 'Two', now - 1_000)])
    const poster = pageBody([fromMarie({ referral: { ref: 'poster', source: 'SHORTLINK' } }, { timestamp: now })])
    const answers = [await post(second), await post(poster), await post(first), await post(second), await post(poster)]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(
      answers.map(({ told }) => (told as { receipts: ReadonlyArray<{ _tag: string }> }).receipts[0]?._tag),
    ).toEqual(['Stored', 'Stored', 'Stored', 'Duplicate', 'Duplicate'])
    expect((await messages(await onlyOne(here))).map(({ externalId }) => externalId)).toHaveLength(3)
  })

  it('G04 keeps the ids of two accounts apart, in one request for both', async () => {
    const { acme, post, says, conversations } = await town()
    const settings = { ...pageSettings, page: '777' }
    await acme.accounts.put({ id: 'second', channel: 'messenger', queue: 'support', settings })
    const { entry } = pageBody([says('m_1', 'Here')])
    const body = { object: 'page', entry: [...entry, { ...entry[0], id: '777' }] }
    const byPage: Readonly<Record<string, string>> = { [page]: 'acme/shop', '777': 'acme/second' }
    for (const id of accountsOf(requestOf(body)))
      expect(await post(body, { account: byPage[id] ?? '' })).toMatchObject({ status: 200 })
    expect((await conversations()).map(({ account }) => account).sort()).toEqual(['second', 'shop'])
  })

  it('G06 is durable before it is answered, set aside whole when it cannot be read, and refused unsigned', async () => {
    const here = await town()
    const { acme, post, says } = here
    expect(await post(pageBody([says('m_1', 'x')]), { secret: 'a guess' })).toMatchObject({ status: 401 })
    expect(await post(pageBody([says('m_1', 'x')]), { secret: 'the old secret' })).toMatchObject({
      status: 200,
      told: { receipts: [{ _tag: 'Stored' }] },
    })
    expect(await post('no JSON')).toMatchObject({ status: 200, told: { receipts: [{ _tag: 'Quarantined' }] } })
    expect(await acme.quarantine.list()).toHaveLength(1)
  })

  it('G07 one request with many messages stores all of them, in order, around a broken one', async () => {
    const here = await town()
    const { post, says, now, messages } = here
    const many = Array.from({ length: 50 }, (_, index) => says(`m_${index}`, String(index), now - 1_000 + index))
    const events = [...many.slice(0, 20), { message: 7 }, ...many.slice(20)]
    const { told } = await post(pageBody(events))
    const { receipts } = told as { receipts: ReadonlyArray<{ _tag: string }> }
    expect(receipts.map(({ _tag }) => _tag).filter((tag) => tag !== 'Stored')).toEqual(['Quarantined'])
    const stored = await messages(await onlyOne(here))
    expect(stored.map(({ parts }) => parts)).toEqual(
      Array.from({ length: 50 }, (_, index) => [{ _tag: 'Text', text: String(index) }]),
    )
  })

  it('G08 goes by the time of Meta, which cannot lie in the future', async () => {
    const here = await town()
    const { post, says, now, messages } = here
    await post(pageBody([says('m_2', 'later', now - 1_000)]))
    await post(pageBody([says('m_1', 'earlier', now - 60_000)]))
    await post(pageBody([says('m_3', 'from tomorrow', now + 24 * hour)]))
    const stored = await messages(await onlyOne(here))
    const times = Object.fromEntries(stored.map(({ externalId, sentAt }) => [externalId, sentAt]))
    expect([times['m_1'], times['m_2']]).toEqual([now - 60_000, now - 1_000])
    expect(times['m_3']).toBeLessThanOrEqual(Date.now())
  })

  it('G12 reactions, edits and what is taken back change their message', async () => {
    const here = await town()
    const { post, says, messages } = here
    await post(pageBody([says('m_1', 'Two chiars'), says('m_2', 'Oops')]))
    await post(
      pageBody([
        fromMarie({ message_edit: { mid: 'm_1', text: 'Two chairs', num_edit: 1 } }),
        fromMarie({ reaction: { mid: 'm_1', action: 'react', emoji: '❤️' } }),
        fromMarie({ message: { mid: 'm_2', is_deleted: true } }),
      ]),
    )
    const [first, second] = await messages(await onlyOne(here))
    expect(first).toMatchObject({ parts: [{ _tag: 'Text', text: 'Two chairs' }], reactions: [{ emoji: '❤️' }] })
    expect(second).toMatchObject({ deleted: true })
  })

  it('G12 what is taken back before it is here has been taken back when it comes', async () => {
    const here = await town()
    const { post, says, messages } = here
    await post(pageBody([fromMarie({ message: { mid: 'm_1', is_deleted: true } })]))
    await post(pageBody([says('m_1', 'Oops')]))
    expect(await messages(await onlyOne(here))).toMatchObject([{ deleted: true, parts: [] }])
  })

  it('a tap on the menu of the page is what the customer says', async () => {
    const here = await town()
    const { post, messages } = here
    await post(pageBody([fromMarie({ postback: { mid: 'm_1', title: 'Get started', payload: 'START' } })]))
    expect(await messages(await onlyOne(here))).toMatchObject([{ parts: [{ _tag: 'Text', text: 'Get started' }] }])
  })

  it('G17 leaves what may have been sent in doubt, sends it once, and knows it again by its key', async () => {
    const here = await town()
    const { graph, ana, engine, post, says, now, messages } = here
    await post(pageBody([says('m_1', 'Are you open?')]))
    const id = await onlyOne(here)
    graph.next({ does: 'take and reset' })
    await ana.conversations.reply(id, { text: 'Until six.' })
    await engine.settle()
    expect((await messages(id))[1]?.delivery?.status).toBe('uncertain')
    const [{ mid, body } = { mid: '', body: {} }, ...more] = graph.taken
    expect(more).toEqual([])
    await post(
      pageBody([
        fromPage({ mid, text: 'Until six.', app_id: appId, metadata: body.message?.metadata }, { timestamp: now }),
      ]),
    )
    const [, ours, ...others] = await messages(id)
    expect(others).toEqual([])
    expect(ours?.delivery).toMatchObject({ status: 'sent', externalId: mid })
  })

  it('G18 a status never goes back, whatever comes late or first', async () => {
    const here = await town()
    const { ana, engine, graph, post, says, messages } = here
    await post(pageBody([says('m_1', 'Hello?')]))
    const id = await onlyOne(here)
    await post(pageBody([fromMarie({ delivery: { mids: ['m_out_1'], watermark: Date.now() } })]))
    await ana.conversations.reply(id, { text: 'Hello!' })
    await engine.settle()
    const status = async () => (await messages(id))[1]?.delivery?.status
    expect([graph.taken.length, await status()]).toEqual([1, 'delivered'])
    await post(pageBody([fromMarie({ read: { watermark: Date.now() } })]))
    await post(pageBody([fromMarie({ delivery: { mids: ['m_out_1'], watermark: Date.now() } })]))
    expect(await status()).toBe('read')
  })

  it('G10 what somebody writes in the inbox of the page is ours, and no message of the customer', async () => {
    const here = await town()
    const { post, says, now, messages } = here
    await post(pageBody([says('m_1', 'Are you open?', now - 2_000)]))
    const elsewhere = fromPage({ mid: 'm_2', text: 'From the page.', app_id: otherApp }, { timestamp: now - 1_000 })
    await post(pageBody([elsewhere]))
    await post(pageBody([elsewhere]))
    const stored = await messages(await onlyOne(here))
    expect(stored.map(({ direction }) => direction)).toEqual(['in', 'out'])
  })

  it('hears which of its choices was taken, also where the button had no room for all of it', async () => {
    const here = await town()
    const { graph, ana, engine, post, says, now, messages } = here
    await post(pageBody([says('m_1', 'A chair, please.')]))
    const id = await onlyOne(here)
    const label = 'The large one with the oak table'
    const choices = [
      { id: 'large', label },
      { id: 'none', label: 'None' },
    ]
    await ana.conversations.reply(id, { text: 'Which?', parts: [{ _tag: 'Choices', choices }] })
    await engine.settle()
    const [large] = graph.taken[0]?.body.message?.quick_replies ?? []
    const message = { mid: 'm_2', text: large?.title, quick_reply: { payload: large?.payload } }
    await post(pageBody([fromMarie({ message }, { timestamp: now })]))
    expect((await messages(id)).map(({ parts }) => parts)).toContainEqual([{ _tag: 'Chosen', choice: 'large', label }])
  })

  it('brings the files of a message', async () => {
    const here = await town()
    const { graph, engine, post, messages, now } = here
    const bytes = new TextEncoder().encode('GIF89a a chair')
    const url = graph.hold('/v/chair.gif', bytes, 'image/gif')
    const message = { mid: 'm_1', attachments: [{ type: 'image', payload: { url } }] }
    await post(pageBody([fromMarie({ message }, { timestamp: now })]))
    await engine.settle()
    const [stored] = await messages(await onlyOne(here))
    expect(stored?.parts).toMatchObject([
      { _tag: 'File', file: { name: 'chair.gif', mime: 'image/gif', size: bytes.byteLength } },
    ])
  })
})

describe('G19 whether one may write now', () => {
  it('is yes for a day, then for agents alone by the tag, and no after a week', async () => {
    const here = await town()
    const { graph, ana, engine, post, says, now, messages } = here
    await post(pageBody([says('m_1', 'Hello?', now - 25 * hour)]))
    const id = await onlyOne(here)
    expect(await ana.conversations.reply(id, { text: 'Sorry for the wait.' })).toMatchObject({ ok: true })
    await engine.settle()
    expect(graph.taken[0]?.body).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' })
    expect((await messages(id))[1]?.delivery?.status).toBe('sent')
  })

  it('is no when the last word is older than a week', async () => {
    const here = await town()
    const { graph, ana, engine, post, says, now } = here
    await post(pageBody([says('m_1', 'Hello?', now - 169 * hour)]))
    const id = await onlyOne(here)
    expect(await ana.conversations.canSend(id)).toMatchObject({ ok: true, value: { _tag: 'No', because: 'window' } })
    expect(await ana.conversations.reply(id, { text: 'Sorry for the wait.' })).toMatchObject({ ok: false })
    await engine.settle()
    expect(graph.taken).toEqual([])
  })

  it('is no while another application has the conversation, and yes when it is ours again', async () => {
    const here = await town()
    const { graph, ana, post, now } = here
    graph.wrote(marie, now)
    const said = fromMarie({ message: { mid: 'm_1', text: 'Hello?' } }, { timestamp: now })
    await post(pageBody([said], 'standby'))
    const id = await onlyOne(here)
    expect(await ana.conversations.canSend(id)).toMatchObject({ value: { _tag: 'No', because: 'elsewhere' } })
    await post(
      pageBody([fromMarie({ pass_thread_control: { previous_owner_app_id: otherApp, new_owner_app_id: appId } })]),
    )
    expect(await ana.conversations.canSend(id)).toMatchObject({ value: { _tag: 'Yes' } })
  })
})

describe('the engine with an Instagram account', () => {
  it('G09 receives a story reply, and answers within the bytes of Instagram', async () => {
    const graph = await openGraph({ product: 'instagram', node: page, token: instagramAccount.token })
    const { acme, ana, engine, post, conversations } = await openDesk(graph)
    const settings = { ...instagramAccount, graph: graph.origin }
    await acme.accounts.put({ id: 'insta', channel: 'instagram', queue: 'support', settings })
    const now = Date.now()
    graph.wrote(marie, now)
    graph.setNow(now)
    const url = 'https://lookaside.fbsbx.com/story'
    const message = { mid: 'm_1', text: 'Which size?', reply_to: { story: { id: '9', url } } }
    const event = { sender: { id: marie }, recipient: { id: settings.account }, timestamp: now, message }
    const body = { object: 'instagram', entry: [{ id: settings.account, time: now, messaging: [event] }] }
    expect(await post(body, { account: 'acme/insta' })).toMatchObject({ status: 200 })
    const [conversation] = await conversations()
    await ana.conversations.reply(conversation?.id ?? '', { text: '🪑'.repeat(400) })
    await engine.settle()
    expect(graph.taken.map((one) => Buffer.byteLength(one.body.message?.text ?? ''))).toEqual([1000, 600])
  })
})
