import type { ComponentChildren } from 'preact'
import type { Flag } from '@guichet/engine/domain'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { known } from '../../state/conversations.ts'
import { isNarrowed } from '../../state/filters.ts'
import { closeMenu } from '../../state/menus.ts'
import { goTo, narrow, place } from '../../state/place.ts'
import { shownTabs } from '../../state/tabs.ts'
import { loadTags, tagDefinitions } from '../../state/tags.ts'
import { setup } from '../../state/workspace.ts'
import { channelName } from '../../words/channel-name.ts'
import { around } from '../../words/counter/around.ts'
import { t } from '../../words/t.ts'

type Option = readonly [value: string, label: string]

const Select = ({
  label,
  name,
  value,
  options,
  any = true,
  first,
  onChoose,
}: {
  readonly label: string
  readonly name: string
  readonly value: string | null | undefined
  readonly options: ReadonlyArray<Option>
  readonly any?: boolean
  readonly first?: boolean
  readonly onChoose: (value: string | undefined) => void
}) => {
  const box = useRef<HTMLSelectElement>(null)
  useLayoutEffect(() => {
    if (first === true) box.current?.focus()
  }, [])
  return (
    <label>
      {label}
      <select
        ref={box}
        name={name}
        value={value ?? ''}
        onChange={({ currentTarget }) => onChoose(currentTarget.value === '' ? undefined : currentTarget.value)}
      >
        {any && <option value="">{around().anyOf}</option>}
        {options.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

const dayMs = 86_400_000
const dateOf = (at: number | undefined): string =>
  at === undefined ? '' : new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 10)

const DateField = ({
  name,
  end = false,
}: {
  readonly name: 'from' | 'to'
  /** The whole day counts. */
  readonly end?: boolean
}) => (
  <label>
    {around()[`filter_${name}`]}
    <input
      type="date"
      name={name}
      value={dateOf(place.value.filters[name])}
      onChange={({ currentTarget }) => {
        const day = new Date(`${currentTarget.value}T00:00`).getTime()
        narrow({ [name]: Number.isFinite(day) ? day + (end ? dayMs - 1 : 0) : undefined })
      }}
    />
  </label>
)

const Pair = ({ children }: { readonly children: ComponentChildren }) => <div class="pair">{children}</div>

/** All conditions of a list in one place; each holds at once. */
export const FilterForm = () => {
  useEffect(() => void loadTags(), [])
  const { tab, queue, department, filters } = place.value
  const { agents = [], accounts = [], queues = [], departments = [] } = setup.value ?? {}
  const channels = [...new Set(accounts.map(({ channel }) => channel))]
  const tags = [
    ...new Set([
      ...(tagDefinitions.value ?? []).map(({ id }) => id),
      ...[...known.value.values()].flatMap((one) => one.tags),
      ...(filters.tag === undefined ? [] : [filters.tag]),
    ]),
  ].sort((a, b) => a.localeCompare(b))
  return (
    <form
      class="popover-form filter-form"
      onSubmit={(event) => {
        event.preventDefault()
        closeMenu()
      }}
    >
      <Select
        first
        any={false}
        name="tab"
        label={around().filter_tab}
        value={tab}
        options={[...shownTabs, 'unassigned' as const].map((id) => [id, t()[`tab_${id}`]])}
        onChoose={(value) => {
          place.value = { ...place.value, saved: null, tab: (value as typeof tab | undefined) ?? 'all' }
        }}
      />
      <Pair>
        <Select
          name="queue"
          label={around().filter_queue}
          value={queue}
          options={queues.filter(({ mine }) => mine).map(({ id, name }) => [id, name])}
          onChoose={(value) => {
            place.value = { ...place.value, saved: null, queue: value ?? null }
          }}
        />
        <Select
          name="department"
          label={around().filter_department}
          value={department}
          options={departments.map(({ id, name }) => [id, name])}
          onChoose={(value) => {
            place.value = { ...place.value, saved: null, department: value ?? null }
          }}
        />
      </Pair>
      <Pair>
        <Select
          name="channel"
          label={around().filter_channel}
          value={filters.channel}
          options={channels.map((channel) => [channel, channelName(channel)])}
          onChoose={(channel) => narrow({ channel })}
        />
        <Select
          name="owner"
          label={around().filter_owner}
          value={filters.owner}
          options={agents.map(({ id, name }) => [id, name])}
          onChoose={(owner) => narrow({ owner })}
        />
      </Pair>
      <Pair>
        <Select
          name="tag"
          label={around().filter_tag}
          value={filters.tag}
          options={tags.map((tag) => [tag, tag])}
          onChoose={(tag) => narrow({ tag })}
        />
        <Select
          name="flag"
          label={around().filter_flag}
          value={filters.flag}
          options={[
            ['urgent', t().flagUrgent],
            ['followUp', t().flagFollowUp],
          ]}
          onChoose={(flag) => narrow({ flag: flag as Flag | undefined })}
        />
      </Pair>
      <Select
        name="lastBy"
        label={around().filter_lastBy}
        value={filters.lastBy}
        options={[
          ['contact', around().lastBy_contact],
          ['agent', around().lastBy_agent],
        ]}
        onChoose={(lastBy) => narrow({ lastBy: lastBy as 'contact' | 'agent' | undefined })}
      />
      <Pair>
        <DateField name="from" />
        <DateField name="to" end />
      </Pair>
      <label class="check">
        <input
          type="checkbox"
          name="unread"
          checked={filters.unread === true}
          onChange={({ currentTarget }) => narrow({ unread: currentTarget.checked ? true : undefined })}
        />
        {around().filter_unread}
      </label>
      {isNarrowed(filters) && (
        <button type="button" class="button" onClick={() => goTo({ tab, queue, department })}>
          {t().clearFilters}
        </button>
      )}
    </form>
  )
}
