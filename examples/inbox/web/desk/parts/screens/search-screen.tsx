import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import type { IconName } from '../../../shared/icon-shapes.ts'
import { shortDate } from '../../../shared/time.ts'
import { displayName } from '../../state/conversations.ts'
import { narrowScreen, openScreen, screen } from '../../state/place.ts'
import { loadTags, tagDefinitions } from '../../state/tags.ts'
import { open } from '../../state/thread.ts'
import { setup } from '../../state/workspace.ts'
import { contactSentence } from '../../words/people/refused.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { channelIcon } from '../channel-mark.ts'
import { channelName } from '../../words/channel-name.ts'
import { nameOf } from '../people/name-of.ts'
import { Marked } from './marked.tsx'
import { Pick } from './pick.tsx'
import { hits, search, searchFailure } from './search-hits.ts'
import { ScreenFrame } from './screen.tsx'

interface Row {
  readonly id: string
  readonly group: string
  readonly icon: IconName
  readonly title: string
  readonly text: string
  readonly at: number
  readonly run: () => void
}

const rowsOf = (): ReadonlyArray<Row> => {
  const found = hits.value
  if (found === null) return []
  return [
    ...found.contacts.map((contact) => ({
      id: `contact-${contact.id}`,
      group: p().hits_contacts,
      icon: 'user' as const,
      title: nameOf(contact),
      text: [...contact.emails, ...contact.phones].join(', '),
      at: contact.lastActivity,
      run: () => openScreen('contact', { who: contact.id }),
    })),
    ...found.tagged.map((one) => ({
      id: `tagged-${one.id}`,
      group: p().hits_tagged,
      icon: 'tag' as const,
      title: displayName(one),
      text: `${one.tags.join(', ')} · ${one.subject ?? one.preview ?? ''}`,
      at: one.lastActivity,
      run: () => void open(one.id),
    })),
    ...found.messages.map(({ conversation, seq, snippet }) => ({
      id: `message-${conversation.id}-${seq}`,
      group: p().hits_messages,
      icon: channelIcon(conversation.channel),
      title: [displayName(conversation), conversation.subject].filter(Boolean).join(' · '),
      text: snippet,
      at: conversation.lastActivity,
      run: () => void open(conversation.id, seq),
    })),
  ]
}

const statuses = ['open', 'pending', 'closed', 'spam', 'archived'] as const

const Filters = () => {
  const of = screen.value?.of ?? {}
  const channels = [...new Set(setup.value?.accounts.map(({ channel }) => channel))]
  return (
    <div class="controls" role="group" aria-label={p().filters}>
      <Pick
        label={t().channel}
        value={of['channel'] ?? ''}
        options={[['', p().anyChannel], ...channels.map((one) => [one, channelName(one)] as const)]}
        onPick={(channel) => narrowScreen({ channel })}
      />
      <Pick
        label={t().statusLabel}
        value={of['tab'] ?? ''}
        options={[['', p().anyStatus], ...statuses.map((one) => [one, t()[`status_${one}`]] as const)]}
        onPick={(tab) => narrowScreen({ tab })}
      />
      <Pick
        label={t().tags}
        value={of['tag'] ?? ''}
        options={[['', p().anyTag], ...(tagDefinitions.value?.map(({ id }) => [id, id] as const) ?? [])]}
        onPick={(tag) => narrowScreen({ tag })}
      />
      <Pick
        label={p().period}
        value={of['days'] ?? ''}
        options={[
          ['', p().anyTime],
          ...([1, 7, 30] as const).map((one) => [String(one), p()[`since_${one}`]] as const),
        ]}
        onPick={(days) => narrowScreen({ days })}
      />
    </div>
  )
}

/** How long the typing must rest before the engine is asked, in milliseconds. */
const rest = 140

/** Messages, contacts and tags by words; arrows move through what was found, Enter opens. */
export const SearchScreen = () => {
  const of = screen.value?.of ?? {}
  const words = of['words'] ?? ''
  const [at, setAt] = useState(0)
  const box = useRef<HTMLInputElement>(null)
  const asked = JSON.stringify(of)
  const isFound = JSON.stringify(hits.value?.of) === asked
  /** What Enter was pressed for before it was found. */
  const wanted = useRef<string | null>(null)
  useEffect(() => {
    box.current?.focus()
    void loadTags()
  }, [])
  useEffect(() => {
    // What was found before is still there: it is asked for again only when something else is looked for.
    if (isFound) return
    const timer = setTimeout(() => {
      setAt(0)
      void search(of)
    }, rest)
    return () => clearTimeout(timer)
  }, [asked])
  const rows = rowsOf()
  useEffect(() => {
    if (!isFound || wanted.current !== asked) return
    wanted.current = null
    rows[0]?.run()
  }, [asked, isFound])
  const here = Math.min(at, rows.length - 1)
  useEffect(() => document.getElementById(`hit-${here}`)?.scrollIntoView({ block: 'nearest' }), [here])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(here + 1, rows.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(here - 1, 0))
    else if (event.key !== 'Enter') return
    else if (isFound) rows[here]?.run()
    else wanted.current = asked
    event.preventDefault()
  }
  const nothing = hits.value !== null && rows.length === 0
  const filtered = ['channel', 'tab', 'tag', 'days'].some((one) => (of[one] ?? '') !== '')
  let group = ''
  return (
    <ScreenFrame name="search" title={t().screen_search}>
      <input
        ref={box}
        class="screen-search"
        role="combobox"
        aria-expanded={rows.length > 0}
        aria-controls="hits"
        aria-activedescendant={here >= 0 ? `hit-${here}` : undefined}
        aria-label={t().search}
        placeholder={p().searchHint}
        value={words}
        onInput={(event) => {
          wanted.current = null
          narrowScreen({ words: event.currentTarget.value })
        }}
        onKeyDown={onKeyDown}
      />
      <Filters />
      <p class="screen-note" role="status">
        {words.trim().length < 2
          ? p().searchStart
          : searchFailure.value !== null
            ? contactSentence(searchFailure.value)
            : nothing
              ? `${p().searchNone(words.trim())} ${filtered ? p().searchNoneFiltered : ''}`
              : hits.value !== null && p().found(rows.length)}
      </p>
      <div id="hits" role="listbox" aria-label={p().results} class="hits">
        {rows.map((row, index) => {
          const title = row.group === group ? null : row.group
          group = row.group
          return [
            title !== null && (
              <div key={`group-${title}`} class="choices-group" role="presentation">
                {title}
              </div>
            ),
            <div
              key={row.id}
              id={`hit-${index}`}
              role="option"
              aria-selected={index === here}
              class="hit"
              onPointerMove={() => setAt(index)}
              onClick={row.run}
            >
              <Icon name={row.icon} />
              <span class="grow">
                <strong>
                  <Marked text={row.title} words={words} />
                </strong>
                <span class="under-line">
                  <Marked text={row.text} words={words} />
                </span>
              </span>
              <time dateTime={new Date(row.at).toISOString()}>{shortDate(row.at)}</time>
            </div>,
          ]
        })}
      </div>
      {hits.value?.more === true && (
        <button type="button" class="button" onClick={() => void search(of, true)}>
          {p().more}
        </button>
      )}
    </ScreenFrame>
  )
}
