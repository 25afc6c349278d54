import type { Delivery } from '@guichet/engine'
import { type ManualClock, manualClock } from '@guichet/engine/memory'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, officeOf } from '../office.ts'
import type { Rig } from '../rig.ts'
import { fated, mortal } from '../trouble.ts'

/** Longer than any lease, so that work of a process that died is taken up again. */
const longEnough = 100_000

const channels = [
  { account: 'chat', idempotent: false },
  { account: 'mail', idempotent: false },
  { account: 'exact', idempotent: true },
  { account: 'exactMail', idempotent: true },
] as const

const files = ['a.png', 'b.png'].map((name) => ({ name, mime: 'image/png', bytes: Uint8Array.of(1) }))
/** What the customer gets of a message of one text and these files: it leaves in three pieces. */
const pieces = ['bonjour', 'a.png', 'b.png']

interface End {
  /** Undefined when the reply was never stored. */
  readonly delivery: Delivery | null | undefined
  readonly inbox: ReadonlyArray<string>
}

/** Takes up what is left with a new engine that lives, until nothing is left to do. */
const takeUp = async (rig: Rig, office: Office, id: string, person: string, after: ManualClock): Promise<End> => {
  const clock = manualClock(after.now() + longEnough)
  const heir = await rig.start({ clock })
  for (let times = 0; times < 5; times += 1) {
    await heir.settle()
    clock.advance(longEnough)
  }
  const out = (await history(officeOf(heir, office.id).as('ana'), id)).messages.filter(
    ({ direction }) => direction === 'out',
  )
  assert(out.length <= 1, 'the reply was stored twice')
  await heir.close()
  return { delivery: out[0]?.delivery, inbox: rig.provider.inbox(person) }
}

/** Lets an engine send a reply and die at one of its calls of the store. */
const dieSending = async (
  rig: Rig,
  office: Office,
  id: string,
  death: Parameters<typeof mortal>[1],
): Promise<{ readonly died: boolean; readonly replied: boolean; readonly clock: ManualClock }> => {
  const clock = manualClock(rig.clock.now())
  let armed = false
  const { storage, died } = mortal(rig.store(), death, () => armed)
  const engine = await rig.start({ storage, clock })
  armed = true
  const replied = await officeOf(engine, office.id)
    .as('ana')
    .reply(id, { text: 'bonjour', files })
    .then(
      (outcome) => outcome.ok,
      () => false,
    )
  await engine.settle().catch(() => undefined)
  await engine.close()
  return { died: died(), replied, clock }
}

const fail = (what: string, end: End): never => {
  throw new Error(`${what}: ${JSON.stringify(end)}`)
}

/** What has to be true of a message after any crash, whatever the channel. */
const holds = (idempotent: boolean, replied: boolean, end: End): void => {
  const { delivery, inbox } = end
  if (inbox.some((piece, n) => piece !== pieces[n])) fail('doubled or out of order', end)
  if (delivery === undefined || delivery === null) {
    if (replied || inbox.length > 0) fail('what was promised or sent is not there', end)
    return
  }
  const whole = inbox.length === pieces.length
  if (idempotent) {
    if (delivery.status !== 'sent' || !whole) fail('not sent once, though it can be repeated safely', end)
  } else {
    if (delivery.status !== 'sent' && delivery.status !== 'uncertain') fail('neither sent nor uncertain', end)
    if (delivery.status === 'sent' && !whole) fail('said to be sent', end)
  }
}

const afterEveryCrash =
  (fate: 'refused' | 'unheard'): GuaranteeCase['body'] =>
  async (rig) => {
    rig.expect('work', 'send', 'receive', 'search index')
    const office = await rig.office()
    for (const { account, idempotent } of channels) {
      const seen = new Set<string>()
      for (let at = 1, alive = false; !alive; at += 1) {
        const person = `${account} ${fate} ${at}`
        const id = await office.arrives(account, message(person, 'hello'))
        const { died, replied, clock } = await dieSending(rig, office, id, { at, fate })
        const end = await takeUp(rig, office, id, person, clock)
        try {
          holds(idempotent, replied, end)
        } catch (error) {
          throw new Error(`${account}, dead at call ${at}: ${error instanceof Error ? error.message : String(error)}`, {
            cause: error,
          })
        }
        seen.add(end.delivery?.status ?? 'nothing')
        alive = !died
      }
      assert(seen.has('sent') && seen.has('nothing'), `the crashes on ${account} did not reach both ends`)
      assert(seen.has('uncertain') !== idempotent, `crashes on ${account} that leave it uncertain`)
    }
  }

export const crashCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G17 a process that dies before any one of its writes loses, doubles and pretends nothing of what it sent',
    body: afterEveryCrash('refused'),
  },
  {
    name: 'G17 a process that dies just after any one of its writes loses, doubles and pretends nothing of what it sent',
    body: afterEveryCrash('unheard'),
  },
  {
    name: 'G17 a crash between the sending and its record is repeated only where that is safe, and shown where it is not',
    body: async (rig) => {
      rig.expect('work', 'send')
      const office = await rig.office()
      for (const { account, idempotent } of channels) {
        const person = `somebody on ${account}`
        const id = await office.arrives(account, message(person, 'hello'))
        const { storage, kill } = mortal(rig.store())
        const clock = manualClock(rig.clock.now())
        const engine = await rig.start({ storage, clock })
        rig.provider.script(person, 'acceptThenHang')
        granted(await officeOf(engine, office.id).as('ana').reply(id, { text: 'bonjour' }))
        const attempts = () => rig.provider.attempts().filter(({ to }) => to === person)
        await rig.provider.until(() => attempts().length === 1)
        const before = (await history(office.as('ana'), id)).messages[1]
        same(before?.delivery?.status, 'sending', `durable on ${account} before the provider has answered`)
        kill()
        rig.provider.release()
        await engine.close()
        const end = await takeUp(rig, office, id, person, clock)
        same(end.inbox, ['bonjour'], `what the customer on ${account} has`)
        same(end.delivery?.status, idempotent ? 'sent' : 'uncertain', `the delivery on ${account}`)
        same(attempts().length, idempotent ? 2 : 1, `how often it was handed over on ${account}`)
        same(new Set(attempts().map(({ key }) => key)).size, 1, `keys on ${account}`)
      }
    },
  },
  {
    name: 'G17 a send that has no answer in time is uncertain, or repeated under the same key where that is safe',
    body: async (rig) => {
      rig.expect('send')
      const office = await rig.office()
      for (const { account, idempotent } of channels) {
        const person = `somebody on ${account}`
        const id = await office.arrives(account, message(person, 'hello'))
        rig.provider.script(person, 'acceptThenHang')
        granted(await office.as('ana').reply(id, { text: 'bonjour' }))
        await rig.provider.until(() => rig.provider.attempts().some(({ to }) => to === person))
        rig.clock.advance(60_000)
        await rig.engine().settle()
        rig.clock.advance(10_000)
        await rig.engine().settle()
        const [, sent] = (await history(office.as('ana'), id)).messages
        same(sent?.delivery?.status, idempotent ? 'sent' : 'uncertain', `the delivery on ${account}`)
        assert(idempotent || sent?.delivery?.error !== undefined, 'uncertain says why')
        same(rig.provider.inbox(person), ['bonjour'], `what the customer on ${account} has`)
      }
    },
  },
  {
    name: 'G17 an engine that was away for longer than its lease does not send what another has sent',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      let asleep = false
      let claimed = (): void => undefined
      let wake = (): void => undefined
      const claiming = new Promise<void>((resolve) => (claimed = resolve))
      const awake = new Promise<void>((resolve) => (wake = resolve))
      // It falls asleep once it has claimed something: with its first look at what it claimed.
      const storage = fated(rig.store(), (method) => {
        if (!asleep || method !== 'timeline') return 'done'
        claimed()
        return awake.then(() => 'done')
      })
      const clock = manualClock(rig.clock.now())
      const sleeper = await rig.start({ storage, clock })
      asleep = true
      granted(await officeOf(sleeper, office.id).as('ana').reply(id, { text: 'bonjour' }))
      await claiming
      const end = await takeUp(rig, office, id, 'zoe', clock)
      same([end.delivery?.status, end.inbox], ['sent', ['bonjour']], 'sent by the other')
      clock.advance(longEnough)
      wake()
      await sleeper.settle()
      same(rig.provider.attempts().length, 1, 'attempts after it woke up')
      same((await history(office.as('ana'), id)).messages[1]?.delivery?.status, 'sent', 'the delivery')
    },
  },
  {
    name: 'G17 a failure to reach the channel is never said to be sent, and one that is final says why',
    body: async (rig) => {
      rig.expect('send')
      const office = await rig.office()
      const ends = { reject: 'failed', throw: 'uncertain', accept: 'sent', retry: 'queued' } as const
      for (const behaviour of ['reject', 'throw', 'accept', 'retry'] as const) {
        const id = await office.arrives('chat', message(behaviour, 'hello'))
        rig.provider.script(behaviour, behaviour)
        granted(await office.as('ana').reply(id, { text: 'bonjour' }))
        await rig.engine().settle()
        const [, sent] = (await history(office.as('ana'), id)).messages
        same(sent?.delivery?.status, ends[behaviour], `after ${behaviour}`)
        assert(behaviour === 'accept' || sent?.delivery?.error !== undefined, `${behaviour} says why`)
      }
      rig.clock.advance(60_000)
      await rig.engine().settle()
      same(rig.provider.inbox('retry'), ['bonjour'], 'what was retried')
      same(rig.provider.inbox('throw'), [], 'what may have been sent is not sent again')
    },
  },
]
