import { idAt, listAt } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { accountAlert, accountError, accountReview, accountUpdate, businessCapability } from '../health/accounts.ts'
import { numberName, numberQuality } from '../health/numbers.ts'
import type { HealthReported } from '../health/reported.ts'
import { templateCategory, templateComponents, templateQuality, templateStatus } from '../health/templates.ts'
import { contentOf } from './content.ts'
import { echoEvent } from './echo.ts'
import { messageEvent } from './message.ts'
import { firstError, unreadable } from './outcomes.ts'
import { type People, peopleOf } from './people.ts'
import { preferenceEvent } from './preference.ts'
import { statusEvents } from './status.ts'
import { userIdEvent } from './system.ts'

/** What one change of one field means, in order; `at` is when its entry was made. */
export type FieldReader = (value: unknown, at: number | undefined) => ReadonlyArray<InboundEvent>

/** Each of these lists is one event an element, at least. */
const lists = ['messages', 'statuses', 'message_echoes', 'user_preferences', 'user_id_update'] as const

/** How many events a change brings that is not for this account. */
export const elementsIn = (value: unknown): number =>
  Math.max(
    1,
    lists.reduce((sum, name) => sum + listAt(value, name).length, 0),
  )

/** Nothing at all in a change says that it was not understood. */
const atLeastOne = (events: ReadonlyArray<InboundEvent>, value: unknown): ReadonlyArray<InboundEvent> =>
  events.length === 0 ? [unreadable('nothing that is known', value)] : events

const isHollow = (message: unknown): boolean => contentOf(message).parts.some((part) => part._tag === 'Unsupported')

/** Errors beside messages say why one of them came empty; alone, or beside whole ones, they are of the account. */
const errorEvents = (value: unknown, explained: boolean): ReadonlyArray<InboundEvent> =>
  explained
    ? []
    : listAt(value, 'errors').map(
        (error) => accountError(error, idAt(value, 'metadata', 'phone_number_id')) ?? unreadable('an error', error),
      )

const messages: FieldReader = (value) => {
  const people = peopleOf(listAt(value, 'contacts'))
  const given = listAt(value, 'messages')
  const why = firstError(listAt(value, 'errors'))
  return atLeastOne(
    [
      ...given.map((message) => messageEvent(message, people, why)),
      ...listAt(value, 'statuses').flatMap((status) => statusEvents(status, people)),
      ...errorEvents(value, why !== undefined && given.some(isHollow)),
    ],
    value,
  )
}

const listOf =
  (name: string, read: (element: unknown, people: People) => InboundEvent): FieldReader =>
  (value) => {
    const people = peopleOf(listAt(value, 'contacts'))
    return atLeastOne(
      listAt(value, name).map((element) => read(element, people)),
      value,
    )
  }

const health =
  (read: (value: unknown, at: number | undefined) => HealthReported): FieldReader =>
  (value, at) => [read(value, at)]

const echoes = listOf('message_echoes', echoEvent)

/** The fields of a webhook that mean something here. */
export const fieldReaders: Readonly<Record<string, FieldReader>> = {
  messages,
  smb_message_echoes: echoes,
  message_echoes: echoes,
  user_preferences: listOf('user_preferences', preferenceEvent),
  user_id_update: listOf('user_id_update', userIdEvent),
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
