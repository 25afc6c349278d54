import type { Tab } from '@guichet/engine/domain'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../shared/icon.tsx'
import { clockTime } from '../../shared/time.ts'
import { arrived, holdOrder, listState, loadMore, next, refresh, releaseOrder, rows } from '../state/list.ts'
import { openMenu } from '../state/menus.ts'
import { type Filter, goTo, navShown, place, selected } from '../state/place.ts'
import { open } from '../state/thread.ts'
import { queueName } from '../state/workspace.ts'
import { t } from '../words/t.ts'
import { lastReplyAt } from '../state/last-reply.ts'
import { Row } from './row.tsx'

/** What narrows a view that it does not already say. */
const filtersOf = (tab: Tab): ReadonlyArray<Filter> =>
  tab === 'open' ? ['mine', 'unread', 'unassigned'] : tab === 'mine' ? ['unread'] : ['mine', 'unread']

/** How far before its end the list asks for more, in pixels. */
const ahead = 400

const Pills = () => (
  <div class="pills">
    {filtersOf(place.value.tab).map((filter) => (
      <button
        key={filter}
        type="button"
        class="pill"
        aria-pressed={place.value.filter === filter}
        onClick={() => {
          place.value = { ...place.value, filter: place.value.filter === filter ? null : filter }
        }}
      >
        {t()[`pill_${filter}`]}
      </button>
    ))}
  </div>
)

const Empty = () => {
  if (listState.value === 'loading') return <div class="skeleton" aria-hidden="true" />
  if (listState.value === 'failed') {
    return (
      <div class="empty">
        <p>{t().loadFailed}</p>
        <button type="button" class="button" onClick={() => void refresh()}>
          {t().tryAgain}
        </button>
      </div>
    )
  }
  if (place.value.filter !== null) {
    return (
      <div class="empty">
        <p>{t().empty_filtered}</p>
        <button type="button" class="button" onClick={() => goTo({ queue: place.value.queue })}>
          {t().clearFilters}
        </button>
      </div>
    )
  }
  const last = lastReplyAt()
  return (
    <div class="empty">
      <p>
        {place.value.tab === 'open' ? t().empty_open : t().empty_other}
        {place.value.tab === 'open' && last !== null && t().lastReplyAt(clockTime(last))}
      </p>
    </div>
  )
}

const idAt = (event: Event): string | undefined =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]')?.dataset['id'] : undefined

const onListKey = (event: KeyboardEvent): void => {
  const at = rows.value.findIndex((row) => row.id === selected.value)
  const go = (to: number) => {
    const row = rows.value[Math.max(0, Math.min(rows.value.length - 1, to))]
    if (row !== undefined) void open(row.id)
    event.preventDefault()
  }
  if (event.key === 'ArrowDown') go(at + 1)
  else if (event.key === 'ArrowUp') go(at === -1 ? 0 : at - 1)
  else if (event.key === 'Home') go(0)
  else if (event.key === 'End') go(rows.value.length - 1)
  else if (event.key === 'Enter' || event.key === 'o') {
    if (selected.value === null) return go(0)
    void open(selected.value)
    document.querySelector<HTMLElement>('#composer')?.focus()
    event.preventDefault()
  }
}

export const List = () => {
  const box = useRef<HTMLDivElement>(null)
  const chosen = selected.value
  useEffect(() => {
    if (chosen !== null) document.getElementById(`row-${chosen}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen, rows.value.length > 0])
  const { tab, queue } = place.value
  return (
    <section class="list" aria-label={t().listLabel}>
      <header class="bar">
        <button
          type="button"
          class="icon-button phone-only"
          aria-label={t().menu}
          onClick={() => (navShown.value = true)}
        >
          <Icon name="list" />
        </button>
        <h2>{queue === null ? t()[`tab_${tab}`] : queueName(queue)}</h2>
        <span class="grow" />
        <button
          type="button"
          class="icon-button"
          data-menu="list"
          aria-label={t().listOptions}
          aria-haspopup="dialog"
          onClick={(event) => openMenu('list', null, event.currentTarget)}
        >
          <Icon name="more" />
        </button>
      </header>
      <Pills />
      {arrived.value > 0 && (
        <button type="button" class="arrived" onClick={releaseOrder}>
          {t().newOnes(arrived.value)}
        </button>
      )}
      <div
        ref={box}
        class="rows"
        onPointerMove={(event) => {
          if (event.pointerType === 'mouse') holdOrder()
        }}
        onPointerLeave={releaseOrder}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          if (scrollHeight - scrollTop - clientHeight < ahead) void loadMore()
        }}
      >
        {rows.value.length === 0 ? (
          <Empty />
        ) : (
          <div
            id="list"
            role="listbox"
            tabIndex={0}
            aria-label={t().listLabel}
            aria-activedescendant={
              chosen !== null && rows.value.some((row) => row.id === chosen) ? `row-${chosen}` : undefined
            }
            onKeyDown={onListKey}
            onClick={(event) => {
              const id = idAt(event)
              if (id !== undefined) void open(id)
            }}
          >
            {rows.value.map((row, at) => (
              <Row key={row.id} row={row} at={at} of={rows.value.length} chosen={row.id === chosen} />
            ))}
          </div>
        )}
        {next.value !== null && rows.value.length > 0 && (
          <button type="button" class="load-more" onClick={() => void loadMore()}>
            {t().loadMore}
          </button>
        )}
      </div>
    </section>
  )
}
