import type { Town } from '../town.ts'
import { count } from '../ledger.ts'

const people = ['zoe', 'max', 'lea', 'tom', 'eva', 'kim', 'noa', 'ida'].flatMap((name) =>
  [1, 2, 3, 4, 5].map((number) => `${name}${number}`),
)
const moods = ['', '', '', '', ' gold', ' person', ' break', ' nothing', ' bye']

const account = (name: string): string => (people.indexOf(name) % 2 === 0 ? 'line' : 'chat')

/** Hands a provider's request to the engine. What is not answered with a success is brought again later. */
export const post = async ({ house }: Town, to: string, body: string): Promise<boolean> => {
  try {
    const request = new Request(`https://town.example/${to}`, { method: 'POST', body })
    return (await house.engine().receive(`town/${to}`, request)).ok
  } catch {
    return false
  }
}

const bring = async (town: Town, to: string, externalId: string): Promise<void> => {
  const message = town.ledger.posted.get(externalId)
  if (message === undefined) return
  const taken = await post(town, to, message.body)
  message.acknowledged ||= taken
}

const accountOf = (externalId: string): string => externalId.split('/')[0] ?? ''

/** Somebody writes, in a message or two at once. */
export const write = async (town: Town): Promise<void> => {
  const { chance, clock, ledger, diary } = town
  const name = chance.one(people)
  const to = account(name)
  const messages = Array.from({ length: chance.percent(15) ? 2 : 1 }, () => {
    const externalId = `${to}/in-${town.number()}`
    const parts = [{ _tag: 'Text', text: `${name} says ${externalId}${chance.one(moods)}` }]
    const sentAt = clock.now() - chance.wait(5_000)
    const body = JSON.stringify([{ _tag: 'MessageReceived', externalId, from: { address: name }, parts, sentAt }])
    ledger.posted.set(externalId, { body, acknowledged: false })
    return externalId
  })
  count(ledger, 'customer messages', messages.length)
  diary.push(`${name} writes ${messages.join(' ')}`)
  await Promise.all(messages.map((externalId) => bring(town, to, externalId)))
}

/** A provider that has not been answered brings it again; one that has does so at times all the same. */
export const bringAgain = async (town: Town): Promise<void> => {
  const { chance, ledger, diary } = town
  const unanswered = [...ledger.posted].filter(([, { acknowledged }]) => !acknowledged).map(([id]) => id)
  const known = [...ledger.posted.keys()]
  const doubled = known.length > 0 && chance.percent(30) ? [chance.one(known)] : []
  for (const externalId of [...unanswered, ...doubled]) {
    diary.push(`again ${externalId}`)
    count(ledger, 'brought again')
    await bring(town, accountOf(externalId), externalId)
  }
}

/** What the provider has to say about what it took: late, doubled, in any order. */
export const reportBack = async (town: Town): Promise<void> => {
  const { clock, ledger, diary } = town
  const due = ledger.callbacks.filter(({ at }) => at <= clock.now())
  for (const callback of due) {
    const to = callback.body.includes('town/chat') ? 'chat' : 'line'
    diary.push(`callback ${callback.body}`)
    if (!(await post(town, to, callback.body))) continue
    ledger.callbacks.splice(ledger.callbacks.indexOf(callback), 1)
    count(ledger, 'callbacks')
  }
}
