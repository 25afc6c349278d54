import { isDayDate } from '../domain/hours/day.ts'
import type { ScheduledContent } from '../domain/conversation/entry.ts'
import type { Refusal } from '../domain/conversation/refusal.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import type { Part } from '../domain/message/part.ts'
import { isFields } from '../domain/message/part-issues.ts'
import { allWordsOf } from '../domain/message/written-out.ts'
import type { Core } from '../runtime/core.ts'
import type { Running } from '../runtime/engine.ts'
import { type Viewer, contactsOf, seeConversation } from '../runtime/read/viewer.ts'
import { contentAt } from '../runtime/scheduled.ts'
import { isZone, zones } from '../runtime/zones.ts'
import { abortable, asEngineError, given } from './refusing.ts'
import { runnerFor } from './run-command.ts'
import type { CallOptions, Conversations, Done, Outcome, ScheduleOptions, ScheduledView } from './types.ts'
import { wordsIn, write } from './writing.ts'

type Scheduling = Pick<Conversations, 'schedule' | 'changeSchedule' | 'cancelSchedule' | 'scheduled'>
type When = ScheduleOptions['at']
type Time = { readonly ok: true; readonly at: number } | { readonly ok: false; readonly refusal: Refusal }

const notFound: Outcome<never> = { ok: false, refusal: { _tag: 'NotFound' } }

const isDay = (date: unknown): date is string => typeof date === 'string' && isDayDate(date)

const isMinute = (minute: unknown): minute is number =>
  typeof minute === 'number' && Number.isInteger(minute) && minute >= 0 && minute < 24 * 60

/** The zone whose clock is meant: the contact's, else that of the house, by the hours of the queue, else UTC. */
const zoneOf = async (core: Core, workspace: string, state: Conversation): Promise<string> => {
  const setup = await core.directory.of(workspace)
  const contact = (await contactsOf(core, workspace, [state.contact])).get(state.contact)
  const hours = setup.queues.get(state.queue)?.hours
  const house = hours === undefined ? undefined : setup.hours.get(hours)?.timeZone
  return [contact?.timeZone, house].find((zone) => zone != null && isZone(zone)) ?? 'UTC'
}

const timeOf = async (core: Core, workspace: string, state: Conversation, when: When): Promise<Time> => {
  if (typeof when === 'number') return { ok: true, at: when }
  const { date, minute }: Partial<Exclude<When, number>> = isFields(when) ? when : {}
  const issues = [
    ...(isDay(date) ? [] : ['at.date: a day of the calendar such as 2026-03-29']),
    ...(isMinute(minute) ? [] : ['at.minute: whole minutes since midnight, 0 to 1439']),
  ]
  if (!isDay(date) || !isMinute(minute)) return { ok: false, refusal: { _tag: 'Invalid', what: 'schedule', issues } }
  return { ok: true, at: zones.instant(await zoneOf(core, workspace, state), date, minute) }
}

/** New words in the place of the old ones; what else was written stays. */
const reworded = (before: ScheduledContent | undefined, text: string): ScheduledContent => ({
  ...before,
  parts: [wordsIn(text), ...(before?.parts ?? []).filter((part: Part) => part._tag !== 'Text' && part._tag !== 'Html')],
})

/** What is written now and leaves later. */
export const schedulingFor = (running: Running, viewer: Viewer): Scheduling => {
  const { core, closing } = running
  const { workspace } = viewer
  const run = runnerFor(running, viewer)

  const seeing = <A>(
    id: string,
    options: CallOptions | undefined,
    then: (state: Conversation) => Promise<Outcome<A>>,
  ): Promise<Outcome<A>> =>
    abortable(
      options?.signal,
      asEngineError(closing, async () => {
        const state = await seeConversation(core, viewer, id)
        return state === undefined ? notFound : then(state)
      }),
    )

  const contentOf = async (state: Conversation, schedule: number): Promise<ScheduledContent | undefined> => {
    const one = state.scheduled.find((waiting) => waiting.id === schedule)
    return one && contentAt(core, workspace, state.id, one.content)
  }

  const schedule = (id: string, asked: ScheduleOptions): Promise<Outcome<Done>> => {
    const options = given(asked)
    const { at: when, quote, cc, mentions, unlessTheyWrite } = options
    return seeing(id, options, async (state) => {
      const time = await timeOf(core, workspace, state, when)
      if (!time.ok) return time
      const written = await write(core, workspace, options)
      const content: ScheduledContent = {
        parts: written.parts,
        ...(quote === undefined ? {} : { quote }),
        ...(cc === undefined || cc?.length === 0 ? {} : { cc }),
        ...(mentions === undefined || mentions?.length === 0 ? {} : { mentions }),
      }
      const command = { _tag: 'Schedule', at: time.at, content, unlessTheyWrite: unlessTheyWrite === true } as const
      const outcome = await run(id, command, options)
      if (!outcome.ok) await written.discard()
      return outcome
    })
  }

  return {
    schedule,
    changeSchedule: (id, asked) => {
      const options = given(asked)
      return seeing(id, options, async (state) => {
        const time = options.at === undefined ? undefined : await timeOf(core, workspace, state, options.at)
        if (time?.ok === false) return time
        const content =
          options.text === undefined ? undefined : reworded(await contentOf(state, options.schedule), options.text)
        return run(
          id,
          {
            _tag: 'ChangeSchedule',
            schedule: options.schedule,
            ...(time === undefined ? {} : { at: time.at }),
            ...(content === undefined ? {} : { content }),
          },
          options,
        )
      })
    },
    cancelSchedule: (id, options) => run(id, { _tag: 'CancelSchedule', schedule: given(options).schedule }, options),
    scheduled: (id, options) =>
      seeing<ReadonlyArray<ScheduledView>>(id, options, async (state) => {
        const waiting = await Promise.all(
          state.scheduled.map(async (one): Promise<ScheduledView> => {
            const content = await contentOf(state, one.id)
            const { at, by, unlessTheyWrite } = one
            return { id: one.id, at, by, unlessTheyWrite, text: allWordsOf(content?.parts ?? []) }
          }),
        )
        return { ok: true, value: waiting.sort((a, b) => a.at - b.at || a.id - b.id) }
      }),
  }
}
