import { Icon } from '../../../shared/icon.tsx'
import type { IconName } from '../../../shared/icon-shapes.ts'
import { explain } from '../../state/acts.ts'
import { bulk, refusedOnes } from '../../state/bulk.ts'
import { conversation, displayName } from '../../state/conversations.ts'
import { type MenuName, openMenu } from '../../state/menus.ts'
import { markAll, markedRows, markNone } from '../../state/selection.ts'
import { open } from '../../state/thread.ts'
import { t } from '../../words/t.ts'

const BulkButton = ({
  label,
  icon,
  act,
  opens,
  onPress,
}: {
  readonly label: string
  readonly icon: IconName
  readonly act: string
  readonly opens?: MenuName
  readonly onPress?: () => void
}) => (
  <button
    type="button"
    class="icon-button"
    aria-label={label}
    title={label}
    data-bulk={act}
    data-menu={opens}
    aria-haspopup={opens === undefined ? undefined : 'dialog'}
    onClick={(event) => {
      if (opens === undefined) onPress?.()
      else openMenu(opens, null, event.currentTarget)
    }}
  >
    <Icon name={icon} />
  </button>
)

/** What can be done to everything that is marked. */
export const BulkBar = () => {
  const words = t()
  return (
    <div class="bulk" role="toolbar" aria-label={words.bulkBar}>
      <span class="bulk-count" role="status">
        {words.marked(markedRows.value.length)}
      </span>
      <BulkButton act="close" icon="check" label={words.close} onPress={() => void bulk({ _tag: 'Close' })} />
      <BulkButton act="assign" icon="user" label={words.assignTo} opens="bulkAssign" />
      <BulkButton act="tag" icon="tag" label={words.tag} opens="bulkTag" />
      <BulkButton act="snooze" icon="clock" label={words.snooze} opens="bulkSnooze" />
      <BulkButton act="archive" icon="archive" label={words.archive} onPress={() => void bulk({ _tag: 'Archive' })} />
      <BulkButton act="read" icon="checks" label={words.markRead} onPress={() => void bulk({ _tag: 'MarkRead' })} />
      <span class="grow" />
      <BulkButton act="all" icon="list" label={words.markAll} onPress={markAll} />
      <BulkButton act="none" icon="close" label={words.markNone} onPress={markNone} />
    </div>
  )
}

/** What could not be done to which conversation, and why, until it has been read. */
export const BulkRefused = () => {
  const refused = refusedOnes.value
  if (refused.length === 0) return null
  return (
    <section class="bulk-refused" role="alert" aria-label={t().bulkRefused(refused.length)}>
      <h3>
        <span class="grow">{t().bulkRefused(refused.length)}</span>
        <button
          type="button"
          class="icon-button small"
          aria-label={t().dismiss}
          onClick={() => {
            refusedOnes.value = []
          }}
        >
          <Icon name="close" size={14} />
        </button>
      </h3>
      <ul>
        {refused.map(({ id, failure }) => {
          const summary = conversation(id)
          return (
            <li key={id}>
              <span class="grow">
                <strong>{summary === undefined ? t().conversation : (summary.title ?? displayName(summary))}</strong>{' '}
                {explain(failure, id)}
              </span>
              {summary !== undefined && failure._tag !== 'NotFound' && (
                <button type="button" class="link" onClick={() => void open(id)}>
                  {t().bulkOpen}
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
