import { describe, expect, it } from 'vitest'
import { aws } from '../src/index.ts'
import { awsProvider, envelope, pem, signAs, subscription, topic } from './support/aws.ts'
import { customer } from './support/provider.ts'
import { openServer, type Seen } from './support/server.ts'
import { accountOf, town } from './support/town.ts'

const hello = awsProvider.incoming({ id: 'A1', from: customer, text: 'Hello' })

/** SNS on this machine: its certificate, and where subscriptions are confirmed. */
const sns = () =>
  openServer(({ path }: Seen) =>
    path === '/SimpleNotificationService-0.pem' ? { status: 200, body: pem } : { status: 200, body: '<ok/>' },
  )

const fetching = async (origin: string) => {
  const account = await accountOf(awsProvider, origin)
  const { certificates: _, ...settings } = account.settings
  return { ...account, settings: { ...settings, snsUrl: origin } }
}

describe('what SNS sends', () => {
  it.each(['1', '2'] as const)(
    'is believed when it is signed by version %s, with the certificate that SNS has',
    async (version) => {
      const server = await sns()
      const channel = aws()
      const account = await fetching(server.origin)
      const request = signAs(version, hello, server.origin)
      expect(await channel.verify(request, account)).toBe(true)
      expect(await channel.verify(request, account)).toBe(true)
      expect(server.seen.map(({ path }) => path)).toEqual(['/SimpleNotificationService-0.pem'])
      expect(await channel.verify(hello, account)).toBe(false)
    },
  )

  it('is not believed with a certificate from elsewhere, which is never asked for', async () => {
    const server = await sns()
    const stranger = await sns()
    const channel = aws()
    const account = await fetching(server.origin)
    for (const origin of [
      stranger.origin,
      'https://sns.eu-west-1.amazonaws.com.example.com',
      'https://example.com/sns.eu-west-1.amazonaws.com',
      'http://sns.eu-west-1.amazonaws.com',
      'https://s3.amazonaws.com',
      'https://x@sns.eu-west-1.amazonaws.com',
    ]) {
      expect(await channel.verify(signAs('2', hello, origin), account)).toBe(false)
    }
    expect([...server.seen, ...stranger.seen]).toEqual([])
  })

  it('G52 is not believed by a topic that is not of the account, well as it may be signed', async () => {
    const account = await accountOf(awsProvider, 'http://127.0.0.1:1')
    const other = envelope({ Message: '{}', TopicArn: `${topic}-of-a-stranger` })
    expect(await awsProvider.channel.verify(signAs('2', other), account)).toBe(false)
    expect(await awsProvider.channel.parse(other, account)).toMatchObject([{ _tag: 'Ignored' }])
  })

  it('is tried with another certificate once that has come, after one that did not', async () => {
    const server = await sns()
    server.script({ status: 500, body: '' })
    const channel = aws()
    const account = await fetching(server.origin)
    const request = signAs('2', hello, server.origin)
    expect(await channel.verify(request, account)).toBe(false)
    expect(await channel.verify(request, account)).toBe(true)
  })
})

describe('a subscription', () => {
  it('is confirmed when SNS asks, and only at SNS', async () => {
    const server = await sns()
    const stranger = await sns()
    const channel = aws()
    const account = await fetching(server.origin)
    const hand = (request: typeof hello) => channel.handshake?.(request, account)
    expect(await hand(signAs('2', subscription(server.origin), server.origin))).toEqual({ status: 200 })
    expect(server.seen.at(-1)?.path).toBe('/?Action=ConfirmSubscription&Token=2336412f37')
    const before = server.seen.length
    expect(await hand(signAs('2', subscription(stranger.origin), server.origin))).toEqual({ status: 403 })
    expect(await hand(subscription(server.origin))).toEqual({ status: 403 })
    expect(await hand(signAs('2', subscription(server.origin, { TopicArn: `${topic}-x` }), server.origin))).toEqual({
      status: 403,
    })
    expect(await hand(signAs('2', hello, server.origin))).toBeUndefined()
    server.script({ status: 500, body: '' })
    expect(await hand(signAs('2', subscription(server.origin), server.origin))).toEqual({ status: 503 })
    expect(stranger.seen).toEqual([])
    expect(server.seen).toHaveLength(before + 1)
  })

  it('that has ended is a matter of the health of the account', async () => {
    const account = await accountOf(awsProvider, 'http://127.0.0.1:1')
    const ended = envelope({ Type: 'UnsubscribeConfirmation', Message: 'You have', Token: '1' })
    expect(await awsProvider.channel.parse(ended, account)).toMatchObject([
      { _tag: 'HealthReported', level: 'restricted', about: topic },
    ])
  })
})

describe('a number with AWS', () => {
  it('G08 keeps when SNS took a message, and learns of an opt-out when it sends', async () => {
    const { server, engine, ana, receive, conversations, messages } = await town(awsProvider)
    await receive(hello)
    expect(await messages()).toMatchObject([{ sentAt: Date.UTC(2025, 10, 22, 11, 59, 58) }])
    server.script(awsProvider.refusal('DESTINATION_PHONE_NUMBER_OPTED_OUT'))
    const [conversation] = await conversations()
    await ana.conversations.reply(conversation?.id ?? '', { text: 'Hello' })
    await engine.settle()
    expect((await messages()).at(-1)?.delivery).toMatchObject({
      status: 'failed',
      error: { code: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' },
    })
  })
})
