import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../shared/icon.tsx'
import { clockTime } from '../../shared/time.ts'
import { arrived, holdOrder, listState, loadMore, next, refresh, releaseOrder, rows } from '../state/list.ts'
import { refusedOnes } from '../state/bulk-refused.ts'
import { openMenu } from '../state/menus.ts'
import { isNarrowed } from '../state/filters.ts'
import { goTo, navShown, type Place, place, selected } from '../state/place.ts'
import { markedRows, markTo, toggleMark } from '../state/selection.ts'
import { open } from '../state/thread.ts'
import { viewHere } from '../state/views.ts'
import { departmentName, queueName } from '../state/workspace.ts'
import { t } from '../words/t.ts'
import { lastReplyAt } from '../state/last-reply.ts'
import { later } from './later.tsx'
import { OfferCard } from './list/offer-card.tsx'
import { Pills } from './list/pills.tsx'
import { Row } from './row.tsx'

const soon = { soon: true }
const BulkBar = later(() => import('./list/rarely.ts').then((it) => it.BulkBar), soon)
const BulkRefused = later(() => import('./list/rarely.ts').then((it) => it.BulkRefused), soon)
const Chips = later(() => import('./list/rarely.ts').then((it) => it.Chips), soon)

/** How far before its end the list asks for more, in pixels. */
const ahead = 400

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
  if (isNarrowed(place.value.filters)) {
    return (
      <div class="empty">
        <p>{t().empty_filtered}</p>
        <button
          type="button"
          class="button"
          onClick={() => goTo({ queue: place.value.queue, department: place.value.department })}
        >
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

/** With what is marked, the list is about many; without it, about one. */
const onListClick = (event: MouseEvent): void => {
  const id = idAt(event)
  if (id === undefined) return
  const onMark = event.target instanceof Element && event.target.closest('.row-avatar') !== null
  if (event.shiftKey) markTo(id)
  else if (onMark || event.ctrlKey || event.metaKey) toggleMark(id)
  else void open(id)
}

const titleOf = ({ tab, queue, department }: Place): string => {
  const view = viewHere()
  if (view !== undefined) return view.name
  if (queue !== null) return queueName(queue)
  return department === null ? t()[`tab_${tab}`] : departmentName(department)
}

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
  else if (event.key === 'Enter') {
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
  const many = markedRows.value.length > 0
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
        <h2>{titleOf(place.value)}</h2>
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
      <OfferCard />
      {many ? <BulkBar /> : <Pills />}
      {(isNarrowed(place.value.filters) || place.value.saved !== null) && <Chips />}
      {refusedOnes.value.length > 0 && <BulkRefused />}
      <div class="arrived-place">
        {arrived.value > 0 && (
          <button type="button" class="arrived" onClick={releaseOrder}>
            {t().newOnes(arrived.value)}
          </button>
        )}
      </div>
      <div
        ref={box}
        class={`rows ${many ? 'marking' : ''}`}
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
            aria-multiselectable="true"
            onClick={onListClick}
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
