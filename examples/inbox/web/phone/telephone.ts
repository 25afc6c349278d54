import { computed, effect, signal } from '@preact/signals'
import { isLine, type Line, type PhoneMessage, type Person } from '../../server/phone/message.ts'
import type { Scene } from '../../server/stage.ts'
import type { SentFile } from '../shared/read-file.ts'
import { setTime } from '../shared/time.ts'

const query = new URLSearchParams(location.search)
const asked = query.get('line')

/** Customers of the shop whose telephones lie at hand. */
const known: ReadonlyArray<Pick<Person, 'phone' | 'name'>> = [
  { phone: '+33639981234', name: 'Claire Martin' },
  { phone: '+447700900123', name: 'Emma Wilson' },
  { phone: '+491713920012', name: 'Tom Becker' },
]

const people = signal(new Map(known.map((one) => [one.phone, one.name])))
const messages = signal<ReadonlyMap<number, PhoneMessage>>(new Map())

/** Whose telephone it is. */
export const phone = signal(query.get('phone') ?? '+33639981234')
export const line = signal<Line>(isLine(asked) ? asked : 'sms')
/** What stands around the engine, as the server last said; null until it has. */
export const scene = signal<Scene | null>(null)
/** What is being answered. */
export const quoting = signal<PhoneMessage | null>(null)

export const everybody = computed(() =>
  [...people.value].map(([number, name]) => ({ phone: number, name: name || number })),
)
export const owner = computed(() => people.value.get(phone.value) || phone.value)
const mine = computed(() =>
  [...messages.value.values()].filter((one) => one.phone === phone.value).sort((a, b) => a.id - b.id),
)
export const thread = computed(() => mine.value.filter((one) => one.line === line.value))

const isUnread = ({ direction, status }: PhoneMessage): boolean => direction === 'received' && status !== 'read'
export const unreadOn = (one: Line): number =>
  mine.value.filter((message) => message.line === one && isUnread(message)).length

export const messageBy = (externalId: string): PhoneMessage | undefined =>
  mine.value.find((one) => one.externalId === externalId)

/** A message may change before the answer that does not know it yet: the newer version counts. */
const learn = (some: ReadonlyArray<PhoneMessage>): void => {
  const all = new Map(messages.value)
  for (const one of some) if (one.version >= (all.get(one.id)?.version ?? 0)) all.set(one.id, one)
  messages.value = all
}

const sceneIs = (now: Scene): void => {
  setTime(now.now)
  scene.value = now
}

const meet = (some: ReadonlyArray<Pick<Person, 'phone' | 'name'>>): void => {
  people.value = new Map([...people.value, ...some.map((one) => [one.phone, one.name] as const)])
}

const load = async (): Promise<void> => {
  const page = (await (await fetch('/api/phone/messages')).json()) as {
    readonly items: ReadonlyArray<PhoneMessage>
    readonly people: ReadonlyArray<Person>
    readonly scene: Scene
  }
  meet(page.people)
  learn(page.items)
  sceneIs(page.scene)
}

/** News as they come; after a break the browser connects again, and everything is read once more. */
export const follow = (): void => {
  const source = new EventSource('/api/phone/feed')
  source.addEventListener('ready', () => void load())
  source.addEventListener('message', (event: MessageEvent<string>) => learn([JSON.parse(event.data) as PhoneMessage]))
  source.addEventListener('scene', (event: MessageEvent<string>) => sceneIs(JSON.parse(event.data) as Scene))
}

type Failed = { readonly error: { readonly _tag: string; readonly reason?: string; readonly issues?: unknown } }

/** Tells the server; answers with why not, or null. */
const tell = async <A extends object>(
  path: string,
  body: object,
  then: (answer: A) => void,
): Promise<string | null> => {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer = (await response.json()) as A | Failed
    if ('error' in answer) return answer.error.reason ?? answer.error._tag
    then(answer)
    return null
  } catch {
    return 'Network'
  }
}

export interface Said {
  readonly text: string
  readonly quotes?: string
  readonly choice?: string
  readonly files?: ReadonlyArray<SentFile>
}

export const send = (said: Said): Promise<string | null> =>
  tell<PhoneMessage>(
    '/api/phone/messages',
    { line: line.value, phone: phone.value, name: people.value.get(phone.value) ?? '', ...said },
    (message) => learn([message]),
  )

export const react = ({ externalId }: PhoneMessage, emoji: string | null): Promise<string | null> =>
  tell<PhoneMessage>('/api/phone/reactions', { message: externalId, emoji }, (message) => learn([message]))

/** Another application of the shop takes the conversation. */
export const takeElsewhere = (): Promise<string | null> =>
  tell('/api/phone/elsewhere', { line: line.value, phone: phone.value }, () => {})

export const setWorks = (one: Line, works: boolean): Promise<string | null> =>
  tell<Scene>('/api/provider', { [one]: works }, sceneIs)

export const takePhone = (number: string, name = ''): void => {
  if (!people.value.has(number) || name !== '') meet([{ phone: number, name }])
  phone.value = number
  quoting.value = null
}

export const takeLine = (one: Line): void => {
  line.value = one
  quoting.value = null
}

effect(() => {
  history.replaceState(null, '', `?${new URLSearchParams({ phone: phone.value, line: line.value })}`)
})

const visible = signal(document.visibilityState === 'visible')
document.addEventListener('visibilitychange', () => {
  visible.value = document.visibilityState === 'visible'
})

/** What is on the screen has been seen, and the shop may know. */
effect(() => {
  if (visible.value && thread.value.some(isUnread))
    void tell('/api/phone/seen', { line: line.value, phone: phone.value }, () => {})
})
