import type { FeedItem } from '@guichet/engine'
import { useEffect, useState } from 'preact/hooks'
import { age } from '../../../shared/time.ts'
import { ask } from '../../api.ts'
import { selected } from '../../state/place.ts'
import { journal, keepInJournal } from '../../state/under.ts'
import { agentName } from '../../state/workspace.ts'
import { u } from '../../words/under/u.ts'
import { ConversationLink, shortName } from './conversation-link.tsx'
import { Opening } from './json.tsx'

interface Told {
  readonly tag: string
  readonly by: string
  readonly conversation: string | null
  readonly at: number | null
}

const nameOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string =>
  kind === 'agent' ? agentName(id) : kind === 'bot' ? id : kind

const told = (item: FeedItem): Told => {
  switch (item._tag) {
    case 'Entry':
      return {
        tag: item.entry.what._tag,
        by: nameOf(item.entry.actor),
        conversation: item.conversation,
        at: item.entry.at,
      }
    case 'Delivery':
      return {
        tag: `Delivery ${item.delivery.status}`,
        by: `#${item.seq}`,
        conversation: item.conversation,
        at: item.delivery.at,
      }
    case 'Contact':
      return { tag: item.entry.what._tag, by: nameOf(item.entry.actor), conversation: null, at: item.entry.at }
    case 'Workspace':
      return { tag: item.entry.what._tag, by: '', conversation: null, at: item.entry.at }
    case 'Gone':
      return { tag: 'Gone', by: '', conversation: item.conversation, at: null }
  }
}

const Line = ({ item }: { readonly item: FeedItem }) => {
  const { tag, by, conversation, at } = told(item)
  return (
    <li>
      <Opening value={item} foot={conversation !== null && <ConversationLink id={conversation} />}>
        <span class="under-position">{item.position}</span>
        <code class={`under-tag ${item._tag === 'Delivery' ? 'soft' : ''}`}>{tag}</code>
        <span class="under-by">{by}</span>
        <span class="under-about grow">{conversation === null ? '' : shortName(conversation)}</span>
        {at !== null && <time dateTime={new Date(at).toISOString()}>{age(at)}</time>}
      </Opening>
    </li>
  )
}

/** What was there before the drawer was opened is fetched once; what comes is kept as it comes. */
const lookBack = async (): Promise<void> => {
  const answer = await ask<{ readonly items: ReadonlyArray<FeedItem> }>('/api/journal')
  if (answer.ok) keepInJournal(...answer.value.items)
}

export const JournalList = () => {
  const [onlyHere, setOnlyHere] = useState(false)
  useEffect(() => void lookBack(), [])
  const here = selected.value
  const shown = journal.value.filter((item) => !onlyHere || ('conversation' in item && item.conversation === here))
  return (
    <>
      {here !== null && (
        <label class="under-filter">
          <input type="checkbox" checked={onlyHere} onChange={(event) => setOnlyHere(event.currentTarget.checked)} />
          {u().onlyHere}
        </label>
      )}
      {shown.length === 0 ? (
        <p class="under-empty">{u().empty_journal}</p>
      ) : (
        <ol class="under-lines">
          {shown.map((item) => (
            <Line key={item.position} item={item} />
          ))}
        </ol>
      )}
    </>
  )
}
