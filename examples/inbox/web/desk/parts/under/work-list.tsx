import { useEffect, useState } from 'preact/hooks'
import type { SeenWork } from '../../../../server/api/upcoming.ts'
import { clockTime, now, shortDate, span } from '../../../shared/time.ts'
import { ask } from '../../api.ts'
import { scene } from '../../state/scene.ts'
import { moved } from '../../state/under.ts'
import { u } from '../../words/under/u.ts'
import { ConversationLink } from './conversation-link.tsx'
import { Opening } from './json.tsx'

/** Entries come in bursts, and what follows from them a moment later: one look answers all of them. */
const rest = 120
/** Work is done without a word when nothing comes of it: so often it is looked at anyway, in milliseconds. */
const often = 2000

const useUpcoming = (): ReadonlyArray<SeenWork> | null => {
  const [work, setWork] = useState<ReadonlyArray<SeenWork> | null>(null)
  const [seen, time] = [moved.value, scene.value]
  useEffect(() => {
    const look = async () => {
      const answer = await ask<{ readonly items: ReadonlyArray<SeenWork> }>('/api/upcoming')
      if (answer.ok) setWork(answer.value.items)
    }
    const soon = setTimeout(look, work === null ? 0 : rest)
    const again = setInterval(look, often)
    return () => {
      clearTimeout(soon)
      clearInterval(again)
    }
  }, [seen, time])
  return work
}

const kindOf = (kind: string): string => {
  const words: Readonly<Record<string, unknown>> = u()
  const said = words[`work_${kind}`]
  return typeof said === 'string' ? said : kind
}

const Work = ({ work }: { readonly work: SeenWork }) => {
  const left = work.due - now.value
  return (
    <li>
      <Opening value={work} foot={work.conversation !== null && <ConversationLink id={work.conversation} />}>
        <span class="under-due">{left <= 0 ? u().dueNow : u().due(span(left))}</span>
        <code class="under-tag">{work.kind}</code>
        <span class="under-by">{kindOf(work.kind)}</span>
        <span class="under-about grow">{work.name ?? work.lane}</span>
        {work.attempts > 0 && <span class="under-attempts">{u().attempts(work.attempts)}</span>}
        <time dateTime={new Date(work.due).toISOString()}>{`${shortDate(work.due)} ${clockTime(work.due)}`}</time>
      </Opening>
    </li>
  )
}

/** Deliveries, timers, offers, bots: what the engine will do, soonest first. */
export const WorkList = () => {
  const work = useUpcoming()
  if (work === null) return null
  if (work.length === 0) return <p class="under-empty">{u().empty_work}</p>
  return (
    <ol class="under-lines">
      {work.map((one) => (
        <Work key={one.id} work={one} />
      ))}
    </ol>
  )
}
