import type { Priority } from '@guichet/engine/domain'
import type { Summary } from '../../api.ts'
import { call } from '../../engine.ts'
import { act, explain } from '../../state/acts.ts'
import { refresh } from '../../state/list.ts'
import { supervises } from '../../state/permissions.ts'
import { catchUp } from '../../state/thread.ts'
import { toast } from '../../state/toasts.ts'
import { setup } from '../../state/workspace.ts'
import { p } from '../../words/people/p.ts'
import { Fact } from './fact.tsx'

const priorities: ReadonlyArray<Priority> = ['low', 'normal', 'high', 'urgent']

const setPriority = async (id: string, priority: Priority): Promise<void> => {
  const answer = await call('conversations.setPriority', id, { priority })
  if (!answer.ok) toast(explain(answer.failure, id), { tone: 'refused' })
  await Promise.all([refresh(), catchUp(id)])
}

interface Option {
  readonly id: string
  readonly name: string
}

const Select = ({
  label,
  value,
  options,
  onChoose,
}: {
  readonly label: string
  readonly value: string
  readonly options: ReadonlyArray<Option>
  readonly onChoose: (id: string) => void
}) => (
  <Fact label={label}>
    <select
      class="inline-select"
      aria-label={label}
      value={value}
      onChange={(event) => {
        const chosen = event.currentTarget.value
        // Until it is done, the list shows what is so.
        event.currentTarget.value = value
        if (chosen !== value) onChoose(chosen)
      }}
    >
      {options.map(({ id, name }) => (
        <option key={id} value={id} selected={id === value}>
          {name}
        </option>
      ))}
    </select>
  </Fact>
)

/** Department, queue and priority, changed from a list; supervisors see how much each has to do. */
export const Placing = ({ current }: { readonly current: Summary }) => {
  const { departments = [], queues = [] } = setup.value ?? {}
  const loaded = (name: string, open: number): string => (supervises() ? p().loadOf(name, open) : name)
  const openIn = (department: string): number =>
    queues.filter((queue) => queue.department === department).reduce((sum, { open }) => sum + open, 0)
  const mine = queues.find(({ id }) => id === current.queue)?.department ?? ''
  const inDepartments = departments.map(({ id, name }) => ({ id, name: loaded(name, openIn(id)) }))
  return (
    <>
      {departments.length > 0 && (
        <Select
          label={p().department}
          value={mine}
          options={mine === '' ? [{ id: '', name: p().noDepartment }, ...inDepartments] : inDepartments}
          onChoose={(department) => void act('transfer', current.id, { to: { department } })}
        />
      )}
      <Select
        label={p().queue}
        value={current.queue ?? ''}
        options={queues.map(({ id, name, open }) => ({ id, name: loaded(name, open) }))}
        onChoose={(queue) => void act('transfer', current.id, { to: { queue } })}
      />
      <Select
        label={p().priority}
        value={current.priority}
        options={priorities.map((id) => ({ id, name: p()[`priority_${id}`] }))}
        onChoose={(priority) => void setPriority(current.id, priority as Priority)}
      />
    </>
  )
}
