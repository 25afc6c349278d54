import { field, idAt, listAt } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { accountAlert, accountError, accountReview, accountUpdate, businessCapability } from '../health/accounts.ts'
import { numberName, numberQuality } from '../health/numbers.ts'
import type { HealthReported } from '../health/reported.ts'
import { templateCategory, templateComponents, templateQuality, templateStatus } from '../health/templates.ts'
import { type Alone, type Meaning, readAlone, senseless } from './alone.ts'
import { echoEvents } from './echo.ts'
import { messageEvents } from './message.ts'
import { firstError, ignored } from './outcomes.ts'
import { type People, peopleOf } from './people.ts'
import { preferenceEvent } from './preference.ts'
import { statusEvents } from './status.ts'
import { userIdEvents } from './system.ts'

/** What one change of one field means, in order; `at` is when its entry was made, `alone` tells one value of it alone. */
export type FieldReader = (value: unknown, at: number | undefined, alone: Alone) => ReadonlyArray<InboundEvent>

/** Each of these lists is one event an element, at least. */
const lists = ['messages', 'statuses', 'message_echoes', 'user_preferences', 'user_id_update', 'errors'] as const

type List = (typeof lists)[number]

/** How many events a change brings that is not for this account. */
export const elementsIn = (value: unknown): number =>
  Math.max(
    1,
    lists.reduce((sum, name) => sum + listAt(value, name).length, 0),
  )

const notUnderstood = (): ReadonlyArray<Meaning> => [senseless('nothing that is known')]

/** A list that is none: its elements cannot be told apart. */
const unlisted = (value: unknown, alone: Alone): ReadonlyArray<InboundEvent> =>
  lists.flatMap((name) => {
    const one = field(value, name) ?? []
    if (Array.isArray(one)) return []
    const only: Alone = (list) => alone({ metadata: field(value, 'metadata'), [name]: list })
    return readAlone(one, only, notUnderstood)
  })

/** A change that brings nothing says nothing. */
const atLeastOne = (events: ReadonlyArray<InboundEvent>, value: unknown, alone: Alone): ReadonlyArray<InboundEvent> => {
  const all = [...events, ...unlisted(value, alone)]
  if (all.length > 0) return all
  if (typeof value !== 'object' || value === null) return readAlone(value, alone, notUnderstood)
  return [ignored('a change that brings nothing')]
}

/** The elements of a list, each on its own, with what its change says of everybody in it. */
const elements = (
  value: unknown,
  name: List,
  alone: Alone,
  read: (element: unknown) => ReadonlyArray<Meaning>,
): ReadonlyArray<InboundEvent> => {
  const only: Alone = (element) =>
    alone({
      messaging_product: field(value, 'messaging_product'),
      metadata: field(value, 'metadata'),
      contacts: field(value, 'contacts'),
      [name]: [element],
    })
  return listAt(value, name).flatMap((element) => readAlone(element, only, read))
}

const isHollow = (event: InboundEvent): boolean =>
  event._tag === 'MessageReceived' && event.parts.some((part) => part._tag === 'Unsupported')

/** Errors beside messages say why one of them came empty; alone, or beside whole ones, they are of the account. */
const errorReader = (value: unknown) => (error: unknown) => [
  accountError(error, idAt(value, 'metadata', 'phone_number_id')) ?? senseless('an error'),
]

const messages: FieldReader = (value, _, alone) => {
  const people = peopleOf(listAt(value, 'contacts'))
  const why = firstError(listAt(value, 'errors'))
  const received = elements(value, 'messages', alone, (message) => messageEvents(message, people, why))
  const isExplained = why !== undefined && received.some(isHollow)
  return atLeastOne(
    [
      ...received,
      ...elements(value, 'statuses', alone, (status) => statusEvents(status, people)),
      ...(isExplained ? [] : elements(value, 'errors', alone, errorReader(value))),
    ],
    value,
    alone,
  )
}

const listOf =
  (name: List, read: (element: unknown, people: People) => ReadonlyArray<Meaning>): FieldReader =>
  (value, _, alone) => {
    const people = peopleOf(listAt(value, 'contacts'))
    return atLeastOne(
      elements(value, name, alone, (element) => read(element, people)),
      value,
      alone,
    )
  }

const health =
  (read: (value: unknown, at: number | undefined) => HealthReported): FieldReader =>
  (value, at, alone) =>
    readAlone(value, alone, () => [read(value, at)])

const echoes = listOf('message_echoes', echoEvents)

/** The fields of a webhook that mean something here. */
export const fieldReaders: Readonly<Record<string, FieldReader>> = {
  messages,
  smb_message_echoes: echoes,
  message_echoes: echoes,
  user_preferences: listOf('user_preferences', (element, people) => [preferenceEvent(element, people)]),
  user_id_update: listOf('user_id_update', userIdEvents),
  message_template_status_update: health(templateStatus),
  message_template_quality_update: health(templateQuality),
  message_template_components_update: health(templateComponents),
  template_category_update: health(templateCategory),
  message_template_category_update: health(templateCategory),
  phone_number_quality_update: health(numberQuality),
  phone_number_name_update: health(numberName),
  account_update: health(accountUpdate),
  account_review_update: health(accountReview),
  account_alerts: health(accountAlert),
  business_capability_update: health(businessCapability),
}
