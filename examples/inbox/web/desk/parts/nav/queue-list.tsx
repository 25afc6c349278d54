import { Icon } from '../../../shared/icon.tsx'
import type { QueueNow } from '../../api.ts'
import { goTo, openScreen, place, screen } from '../../state/place.ts'
import { setup } from '../../state/workspace.ts'
import { t } from '../../words/t.ts'
import { NavItem } from './item.tsx'

const QueueLink = ({ queue }: { readonly queue: QueueNow }) => (
  <li>
    <NavItem
      label={queue.name}
      mark={<span class={`dot ${queue.mode}`} />}
      here={screen.value === null && place.value.queue === queue.id && place.value.saved === null}
      count={queue.open}
      tone={queue.department === undefined ? '' : 'indented'}
      name={`queue-${queue.id}`}
      onGo={() => goTo({ tab: 'open', queue: queue.id })}
    />
  </li>
)

/** Departments, each with its queues; then the queues that belong to none. Only what this agent serves. */
export const QueueList = () => {
  const mine = (setup.value?.queues ?? []).filter((queue) => queue.mine)
  const departments = (setup.value?.departments ?? [])
    .map((one) => ({ ...one, queues: mine.filter(({ department }) => department === one.id) }))
    .filter(({ queues }) => queues.length > 0)
  return (
    <>
      <h2 class="nav-title">{t().queues}</h2>
      <ul>
        {departments.map(({ id, name, queues }) => (
          <li key={id}>
            <NavItem
              label={name}
              mark={<Icon name="layers" />}
              here={screen.value === null && place.value.department === id && place.value.saved === null}
              count={queues.reduce((sum, { open }) => sum + open, 0)}
              name={`department-${id}`}
              onGo={() => goTo({ tab: 'open', department: id })}
            />
            <ul>
              {queues.map((queue) => (
                <QueueLink key={queue.id} queue={queue} />
              ))}
            </ul>
          </li>
        ))}
        {mine
          .filter(({ department }) => !departments.some(({ id }) => id === department))
          .map((queue) => (
            <QueueLink key={queue.id} queue={queue} />
          ))}
        <li>
          <NavItem
            label={t().screen_queues}
            mark={<Icon name="hand" />}
            here={screen.value?.name === 'queues'}
            count={setup.value?.offers.length ?? 0}
            name="offers"
            onGo={() => openScreen('queues')}
          />
        </li>
      </ul>
    </>
  )
}
