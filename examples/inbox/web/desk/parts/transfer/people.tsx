import type { TransferTarget } from '@guichet/engine/domain'
import { useEffect, useState } from 'preact/hooks'
import { as, type Colleague, type QueueNow } from '../../api.ts'
import { call } from '../../engine.ts'
import { closeMenu } from '../../state/menus.ts'
import { me, queueOf, seatOf, setup } from '../../state/workspace.ts'
import { around } from '../../words/counter/around.ts'
import { t } from '../../words/t.ts'
import { type Choice, Choices, plain } from '../choices.tsx'
import { channelName } from '../../words/channel-name.ts'

/** Colleagues by the beginning of a word of their name, by extension or id. */
const fits = ({ id, name, extension }: Colleague, text: string): boolean =>
  text === '' || ` ${plain(name)}`.includes(` ${text}`) || id.startsWith(text) || extension?.startsWith(text) === true

/** How long the typing must rest before the engine is asked for those that this page does not know, in milliseconds. */
const rest = 140

/** Colleagues that fit: those that the page knows at once, then whoever else the engine finds. */
const useColleagues = (text: string, queue: string | null): ReadonlyArray<Colleague> => {
  const [found, setFound] = useState<ReadonlyArray<Colleague>>([])
  useEffect(() => {
    const timer = setTimeout(async () => {
      const answer = await call('people.find', text.trim(), queue === null ? {} : { queue })
      if (answer.ok) setFound(answer.value.map((one) => ({ ...one, extension: one.extension ?? null })))
    }, rest)
    return () => clearTimeout(timer)
  }, [text, queue])
  const near = (setup.value?.agents ?? []).filter((one) => fits(one, plain(text.trim())))
  return [...near, ...found.filter(({ id }) => !setup.value?.agents.some((one) => one.id === id))]
}

const leads = (): boolean => me.value.role !== 'agent'

/** What becomes of it for whoever sends it to a queue: seen by its people until somebody takes it, or by them alone. */
const sightOf = (queue: QueueNow | undefined): string | undefined => {
  if (queue === undefined || leads()) return undefined
  if (!queue.mine) return around().losesSight
  return queue.mode === 'exclusive' ? around().losesSightLater : undefined
}

const joined = (...parts: ReadonlyArray<string | undefined>): { readonly hint?: string } => {
  const hint = parts.filter((part) => part !== undefined && part !== '').join(' · ')
  return hint === '' ? {} : { hint }
}

/**
 * Whom or what something can be given to, as far as is asked: agents always; queues, departments and other channels
 * where a conversation can go to those too. Each says who is there, how much waits, and what it costs to send it there.
 */
export const People = ({
  label,
  queue,
  without = [],
  everywhere = false,
  run,
}: {
  readonly label: string
  /** Where the conversation stands: its people come first, and say what a transfer to one of them means. */
  readonly queue: string | null
  readonly without?: ReadonlyArray<string>
  readonly everywhere?: boolean
  readonly run: (to: TransferTarget) => void
}) => {
  const [text, setText] = useState('')
  const colleagues = useColleagues(text, queue)
  const wanted = plain(text.trim())
  const words = t()
  const go = (to: TransferTarget) => () => {
    closeMenu()
    run(to)
  }
  const serves = (one: Colleague): boolean => queue === null || one.role !== 'agent' || one.queues.includes(queue)
  const agents = colleagues
    .filter(({ id }) => !without.includes(id))
    .sort((a, b) => Number(serves(b)) - Number(serves(a)))
    .map(({ id, name, extension }): Choice => {
      const seat = seatOf(id)
      const hidden = everywhere && id !== as && !leads() && queueOf(queue)?.mode === 'exclusive'
      return {
        id: `agent-${id}`,
        label: id === as ? words.you(name) : name,
        group: words.agents,
        dot: seat?.presence ?? 'offline',
        ...joined(
          words[`presence_${seat?.presence ?? 'offline'}`],
          seat === undefined ? undefined : words.load(seat.load, seat.capacity),
          extension === null ? undefined : around().people_ext(extension),
          hidden ? around().losesSight : undefined,
        ),
        run: go({ agent: id }),
      }
    })
  const named = (name: string): boolean => plain(name).includes(wanted)
  const { queues = [], departments = [], accounts = [] } = setup.value ?? {}
  const places: ReadonlyArray<Choice> = everywhere
    ? [
        ...queues
          .filter(({ id, name }) => id !== queue && named(name))
          .map(
            (one): Choice => ({
              id: `queue-${one.id}`,
              label: one.name,
              group: words.queues,
              icon: 'inbox',
              ...joined(one.mine ? around().people_open(one.open) : undefined, sightOf(one)),
              run: go({ queue: one.id }),
            }),
          ),
        ...departments
          .filter(({ name }) => named(name))
          .map(
            (one): Choice => ({
              id: `department-${one.id}`,
              label: one.name,
              group: around().people_departments,
              icon: 'layers',
              ...joined(sightOf(queueOf(one.queue))),
              run: go({ department: one.id }),
            }),
          ),
        ...accounts
          .filter(({ channel, name }) => named(`${channelName(channel)} ${name}`))
          .map(
            (one): Choice => ({
              id: `account-${one.id}`,
              label: `${channelName(one.channel)} · ${one.name}`,
              group: around().people_accounts,
              icon: one.channel === 'email' ? 'mail' : 'chat',
              ...joined(sightOf(queueOf(one.queue))),
              run: go({ account: one.id }),
            }),
          ),
      ]
    : []
  return <Choices label={label} placeholder={label} choices={[...agents, ...places]} onFilter={setText} />
}
